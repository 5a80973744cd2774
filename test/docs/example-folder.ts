import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Statement } from './statement.ts';

/** By the place of a statement with a claim, the way to its value. */
export type Values = ReadonlyMap<number, () => Promise<unknown>>;

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Examples as modules in a folder of their own, where the packages and the type checker of the project work. */
export class ExampleFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'examples-'));

  constructor() {
    symlinkSync(join(root, 'node_modules'), join(this.path, 'node_modules'), 'dir');
    const config = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
      include: ['*.ts'],
    };
    writeFileSync(join(this.path, 'tsconfig.json'), JSON.stringify(config));
  }

  /** @param head What the module imports, by paths from the root of the project. */
  write(name: string, statements: readonly Statement[], head = ''): void {
    const text = [
      head,
      'export const values = new Map<number, () => Promise<unknown>>();',
      ...statements.map(emitted),
    ]
      .join('\n')
      .replaceAll(
        /(from |\[)'(?:\.{1,2}\/)*((?:src|docs)\/[^']*)'/g,
        (_all, before: string, path: string) => `${before}'${join(root, path)}'`,
      );
    writeFileSync(join(this.path, `${name}.ts`), `${text}\n`);
  }

  /** What the type checker says of all of them; nothing when they are right. */
  typeFaults(): string {
    const { stdout, stderr } = spawnSync(
      join(root, 'node_modules/.bin/tsc'),
      ['--project', join(this.path, 'tsconfig.json'), '--pretty', 'false'],
      { encoding: 'utf8', cwd: this.path },
    );
    return `${stdout}${stderr}`;
  }

  async load(name: string): Promise<Values> {
    const path = join(this.path, `${name}.ts`);
    return ((await import(/* @vite-ignore */ path)) as { values: Values }).values;
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** A statement that claims nothing stands as it is; of another the value can be asked for. */
function emitted({ code, jsonata, gives, refuses, json }: Statement, index: number): string {
  if (refuses !== undefined) return `values.set(${index}, async () => {\n${code}\n});`;
  if (jsonata === undefined && gives === undefined && json === undefined) return code;
  const [, name] = /^(?:export )?const (\w+)/.exec(code) ?? [];
  if (name !== undefined) return `${code}\nvalues.set(${index}, async () => ${name});`;
  const value = code.replace(/;$/, '');
  return jsonata === undefined
    ? `values.set(${index}, async () => (\n${value}\n));`
    : `values.set(${index}, async () => flow.returns(({ input }) => (\n${value}\n) as never));`;
}
