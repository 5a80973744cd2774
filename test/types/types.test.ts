import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

it('lets the checker accept what must compile and refuse what must not, within seconds', () => {
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(
    path('../../node_modules/.bin/tsc'),
    ['--project', path('tsconfig.json'), '--noEmit', '--pretty', 'false'],
    { encoding: 'utf8' },
  );
  expect(`${stdout}${stderr}`).toBe('');
  expect(status).toBe(0);
  // Two seconds as a rule; a type that grows with the number of steps would take minutes or end in TS2589.
  expect(performance.now() - started).toBeLessThan(25_000);
});
