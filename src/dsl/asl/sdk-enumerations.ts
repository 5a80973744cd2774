import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The values of a text member, by the names of its structure and itself in the model; undefined when any may be. */
export type Enumeration = (structure: string, member: string) => readonly string[] | undefined;

/**
 * The enumerations of a client package. Its schemas do not tell which member has which; its type declarations do,
 * and are read when the first one is asked for.
 */
export function enumerationsOf(exports: { readonly [name: string]: unknown }, folder: string): Enumeration {
  let declarations: string | undefined;
  return (structure, member) => {
    declarations ??= readDeclarations(join(folder, 'dist-types', 'models'));
    const type = typeOf(member, bodyOf(structure, declarations));
    const values = type === undefined ? undefined : exports[type];
    if (typeof values !== 'object' || values === null) return undefined;
    return Object.values(values).filter((value) => typeof value === 'string');
  };
}

function readDeclarations(folder: string): string {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith('.d.ts'));
    return files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  } catch {
    return '';
  }
}

function bodyOf(structure: string, declarations: string): string {
  const start = declarations.indexOf(`\nexport interface ${structure} `);
  return start < 0 ? '' : declarations.slice(start, declarations.indexOf('\n}', start));
}

/** `State` of `State?: State | undefined;`, and of a list of such. */
const typeOf = (member: string, body: string): string | undefined =>
  new RegExp(`^\\s+${member}\\??: (\\w+)(?:\\[\\])?(?: \\| undefined)?;`, 'm').exec(body)?.[1];
