import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sourceOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Something that a user calls or names. */
export interface Documented {
  readonly name: string;
  /** The heading of `index.ts` that it stands below. */
  readonly group: string;
  readonly isType: boolean;
  /** The docstring without its stars; empty when there is none. */
  readonly doc: string;
}

const SURFACE = 'src/dsl/index.ts';
const FLOW = 'src/dsl/authoring/flow.ts';

/** What `index.ts` exports, in its order. */
export function exportedNames(): readonly Documented[] {
  const groups = sourceOf(SURFACE)
    .split(/^\/\/ # /m)
    .slice(1);
  return groups.flatMap((text) => {
    const group = text.slice(0, text.indexOf('\n'));
    return [...text.matchAll(/export (type )?\{([^}]*)\} from '([^']*)'/g)].flatMap(
      ([, isType, names = '', from = '']) =>
        names
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '')
          .map((name): Documented => {
            const [own = '', alias = own] = name.replace(/^type /, '').split(' as ');
            const doc = docstringOf(sourceOf(join(dirname(SURFACE), from)), declarationOf(own));
            return { name: alias, group, isType: isType !== undefined || name.startsWith('type '), doc };
          }),
    );
  });
}

/** The verbs of a flow, in their order. */
export function verbs(): readonly Documented[] {
  const source = sourceOf(FLOW);
  const names = [...source.matchAll(/^ {2}([a-z]\w*)[<(]/gm)].map(([, name = '']) => name);
  return [...new Set(names)]
    .filter((name) => name !== 'constructor')
    .map((name) => ({
      name,
      group: 'Verbs',
      isType: false,
      doc: docstringOf(source, new RegExp(`^ {2}${name}[<(]`, 'm')),
    }));
}

const declarationOf = (name: string): RegExp =>
  new RegExp(`^export (?:async )?(?:const|function|class|interface|type) ${name}\\b`, 'm');

/** The docstring that ends where the declaration begins. */
function docstringOf(source: string, declaration: RegExp): string {
  const before = source.slice(0, declaration.exec(source)?.index ?? 0);
  const [, doc = ''] = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*$/.exec(before) ?? [];
  return doc.replaceAll(/^[ \t]*\* ?/gm, '').trim();
}

/** What it says, and the markdown of its example. */
export function partsOf(doc: string): {
  readonly text: string;
  readonly example: string;
  readonly throws: string;
} {
  const [text = '', ...tags] = doc.split(/^@/m);
  const tag = (name: string) =>
    tags
      .find((one) => one.startsWith(name))
      ?.slice(name.length)
      .trim() ?? '';
  const example = tag('example');
  return {
    text: text.trim(),
    example: example === '' || example.startsWith('```') ? example : `\`\`\`ts\n${example}\n\`\`\``,
    throws: tag('throws'),
  };
}
