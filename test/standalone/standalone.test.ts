import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const installed = (name: string) => join(root, 'node_modules', name);

/** A workflow that somebody wrote who has the language only. */
const PROGRAM = `
import * as z from 'zod';
import { compile, concat, equals, simulate, task, workflow } from './dsl/index.ts';

const greet = task('Greet', {
  input: z.object({ name: z.string() }),
  output: z.object({ text: z.string() }),
  timeout: '1 minute',
  errors: [],
});
const welcome = workflow('Welcome', {
  input: z.object({ name: z.string() }),
  output: z.object({ said: z.string() }),
  timeout: '1 hour',
})
  .run('greeted', ({ input }) => greet({ name: input.name }))
  .waitFor('pause', '10 minutes')
  .choose('answer', (ways) =>
    ways
      .when('known', ({ input }) => equals(input.name, 'Ada'), (way) => way.returns(() => ', again'))
      .otherwise((way) => way.returns(() => '')),
  )
  .returns(({ greeted, answer }) => ({ said: concat(greeted.text, answer) }));
const functions = { Greet: (given: unknown) => ({ text: \`Hello, \${(given as { name: string }).name}\` }) };
const { status, output } = await simulate(compile(welcome).machine, { name: 'Ada' }, { functions });
console.log(JSON.stringify({ status, output }));
`;

/** Hooks of Node's module loader that write down each module's address. */
const HOOKS = `
import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  appendFileSync(process.env.LOADED, url + '\\n');
  return next(url, context);
}
`;
const REGISTER = `
import { register } from 'node:module';
register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(HOOKS)}`)});
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rewind-standalone-'));
  cpSync(join(root, 'src/dsl'), join(folder, 'dsl'), { recursive: true });
  for (const name of ['zod', 'jsonata', '@types/node']) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(installed(name), join(folder, 'node_modules', name));
  }
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: object;
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['.'] }));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
});
afterAll(() => rmSync(folder, { recursive: true }));

it('type-checks with nothing beside it but zod and jsonata', () => {
  const { stdout, status } = spawnSync(installed('.bin/tsc'), ['--project', folder, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

it('compiles and simulates a workflow and loads no module beyond zod, jsonata and Node’s own', () => {
  const loaded = join(folder, 'loaded.txt');
  const first = [
    pathToFileURL(installed('tsx/dist/loader.mjs')).href,
    `data:text/javascript,${encodeURIComponent(REGISTER)}`,
  ];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...first.flatMap((module) => ['--import', module]), 'program.ts'],
    { encoding: 'utf8', cwd: folder, env: { ...process.env, LOADED: loaded } },
  );
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({ status: 'SUCCEEDED', output: { said: 'Hello, Ada, again' } });
  const modules = readFileSync(loaded, 'utf8').trim().split('\n').map(originOf);
  expect([...new Set(modules)].toSorted()).toEqual(['dsl', 'jsonata', 'node:', 'program.ts', 'zod']);
});

/** The package or folder that a module is from. */
function originOf(url: string): string {
  if (url.startsWith('node:')) return 'node:';
  const inPackage = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (inPackage !== undefined) return inPackage;
  const own = url.replace(`${pathToFileURL(folder).href}/`, '');
  return own.split(/[/?]/)[0] ?? url;
}
