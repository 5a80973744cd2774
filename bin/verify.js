#!/usr/bin/env node
// `npm run verify`: everything that must hold, one step after the other; `--without tests` leaves a step out.
import { spawnSync } from 'node:child_process';

const STEPS = [
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['lint', 'oxlint', '--deny-warnings'],
  ['types', 'tsc', '--project', 'tsconfig.json'],
  ['exports', 'knip'],
  ['tests', 'vitest', 'run'],
  // All but one Catch: that of the check of a person's answer, an expression that is not known to fail.
  ['coverage', process.execPath, 'bin/rewind.js', 'coverage', '--threshold', '100'],
  ['golden', process.execPath, 'bin/golden.js'],
  ['synth', process.execPath, '--import', 'tsx', 'infra/app.ts'],
];

const without = process.argv.slice(2).filter((word) => word !== '--without');
const unknown = without.filter((word) => !STEPS.some(([name]) => name === word));
if (unknown.length > 0) {
  console.error(
    `verify: no step named ${unknown.join(', ')}; there are ${STEPS.map(([name]) => name).join(', ')}`,
  );
  process.exit(2);
}

const failed = [];
for (const [name, command, ...args] of STEPS) {
  if (without.includes(name)) continue;
  const started = performance.now();
  const path = `${process.cwd()}/node_modules/.bin:${process.env.PATH}`;
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  if (error) console.error(`${name}: ${error.message}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(8)} ${seconds} s`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`verify: ${failed.join(', ')} failed`);
  process.exit(1);
}
