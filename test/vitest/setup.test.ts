import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const kit = JSON.stringify(join(root, 'src/vitest/index.ts'));
const language = JSON.stringify(join(root, 'src/dsl/index.ts'));

/** Tests of somebody who uses the kit: one file by itself, one that fails. */
const test = (body: string) => `
import { expect, it } from 'vitest';
import { testMachine } from ${language};
import { machineCoverage } from ${kit};

const machine = { StartAt: 'Only', States: { Only: { Type: 'Pass', Next: 'Done' }, Done: { Type: 'Succeed' } } } as const;
it('runs', async () => {
  const run = await testMachine({ name: 'Shop', machine }, { coverage: machineCoverage }).run({});
  ${body}
});
`;
const config = `
export default { test: { globalSetup: [${JSON.stringify(join(root, 'src/vitest/clear-coverage.ts'))}] } };
`;

let folder = '';
let told = '';
const vitest = (...args: string[]) => {
  const { stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/vitest'),
    ['run', '--no-color', ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder },
    },
  );
  return `${stdout}${stderr}`;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rewind-vitest-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'vitest.config.ts'), config);
  mkdirSync(join(folder, 'coverage/machines'), { recursive: true });
  writeFileSync(join(folder, 'coverage/machines/old.json'), '[]');
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a/good.test.ts'), test("expect(run).toHaveTakenPath(['Only', 'Done']);"));
  writeFileSync(join(folder, 'bad.test.ts'), test("expect(run).not.toHaveVisited('Only');"));
  told = vitest();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the kit in vitest', () => {
  it('has the matchers, with their words', () => {
    expect(told).toMatch(/Tests\s+1 failed \| 1 passed/);
    expect(told).toContain('expected anything but Only to be visited');
    expect(told).toContain('the path taken is\n  Only → Done');
  });

  it('writes what each test file covered, and leaves nothing of earlier runs', () => {
    const written = join(folder, 'coverage/machines');
    expect(readdirSync(written).sort()).toEqual(['a%2Fgood.test.ts.json', 'bad.test.ts.json']);
    expect(JSON.parse(readFileSync(join(written, 'bad.test.ts.json'), 'utf8'))).toMatchObject([
      { name: 'Shop', hits: { Only: { entered: 1, next: 1 }, Done: { entered: 1, end: 1 } } },
    ]);
  });

  it('writes it for each file also when they share one process and its modules', () => {
    const setup = `setupFiles: [${kit}], isolate: false, maxWorkers: 1`;
    writeFileSync(
      join(folder, 'shared.config.ts'),
      `export default { test: { ${setup}, include: ['shared/*.test.ts'] } };`,
    );
    mkdirSync(join(folder, 'shared'));
    writeFileSync(
      join(folder, 'shared/run.ts'),
      `import { testMachine } from ${language};
       import { machineCoverage } from ${kit};
       const pass = { Type: 'Pass', End: true };
       export const run = (state: string) =>
         testMachine({ StartAt: state, States: { [state]: pass } }, { name: state, coverage: machineCoverage }).run({});`,
    );
    for (const name of ['One', 'Two'])
      writeFileSync(
        join(folder, `shared/${name}.test.ts`),
        `import { expect, it } from 'vitest';
         import { run } from './run.ts';
         it('runs', async () => expect(await run('${name}')).toHaveSucceeded());`,
      );
    expect(vitest('--config', 'shared.config.ts')).toMatch(/Tests\s+2 passed/);
    const covered = readdirSync(join(folder, 'coverage/machines'))
      .filter((name) => name.startsWith('shared'))
      .map((name) => readFileSync(join(folder, 'coverage/machines', name), 'utf8'))
      .join('');
    expect(covered).toContain('"One":{"entered":1');
    expect(covered).toContain('"Two":{"entered":1');
  }, 60_000);
});
