import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExampleFolder } from './example-folder.ts';
import { fencesOf } from './statement.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fences = fencesOf(readFileSync(join(root, 'docs/testing.md'), 'utf8'));
const blocks = (language: string) =>
  fences.filter((one) => one.language === language).map(({ text }) => text);
const isConfig = (text: string) => text.startsWith('// vitest.config.ts');
const code = blocks('ts').filter((text) => !isConfig(text));
const [message = '', table = '', missing = ''] = blocks('text');

const folder = new ExampleFolder();
const run = (command: string, ...args: string[]) => {
  const { stdout, stderr } = spawnSync(command, args, {
    cwd: folder.path,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder.path },
  });
  return `${stdout}${stderr}`;
};
const vitest = (...files: string[]) =>
  run(join(root, 'node_modules/.bin/vitest'), 'run', '--no-color', ...files);
const rewind = (...args: string[]) => run(process.execPath, join(root, 'bin/rewind.js'), ...args);

describe('docs/testing.md', () => {
  let failure = '';
  let told = '';
  beforeAll(() => {
    folder.write('vitest.config', [{ code: blocks('ts').find(isConfig) ?? '' }]);
    folder.write('page.test', [{ code: code.join('\n') }]);
    // The tests of the page are left out where one is to fail.
    const setting = code
      .join('\n')
      .replaceAll(/^describe\([^]*?^\}\);/gm, '')
      .replaceAll(/^it\([^]*?^\}\);/gm, '');
    folder.write('fails.test', [{ code: [setting, ...blocks('fails')].join('\n') }]);
    failure = vitest('fails.test.ts');
    told = vitest('page.test.ts');
  }, 120_000);
  afterAll(() => folder.remove());

  it('has code that the type checker accepts', () => {
    expect(folder.typeFaults()).toBe('');
  });

  it('has tests that pass', () => {
    expect(told).toMatch(/Tests\s+3 passed \(3\)/);
  });

  it('shows the message of a test that fails', () => {
    expect(failure).toContain(message);
  });

  it('shows what of its machine is covered', () => {
    const report = rewind('coverage');
    expect(report.split('\n').slice(0, 2)).toEqual(table.split('\n'));
    expect(report).toContain(`\n${missing}\n`);
  });

  it('has a picture of it', async () => {
    rewind('coverage', '--picture', '.');
    const picture = readFileSync(join(folder.path, 'Fulfil.svg'), 'utf8');
    await expect(picture).toMatchFileSnapshot(join(root, 'docs/testing.svg'));
  });
});
