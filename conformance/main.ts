import { appendFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { loadCases } from './load-cases.ts';
import { notRun, runCase, type CaseResult } from './run-case.ts';

interface Options {
  readonly cases: string;
  readonly out?: string;
  readonly at: string;
}

const {
  cases: path,
  out,
  at,
} = new Command('conformance')
  .description('Runs recorded executions in the simulator, and writes what they come to.')
  .requiredOption('--cases <path>', 'a file of cases, or a folder of such files')
  .option('--out <file>', 'where results go, one line of JSON each; without it a summary by area is printed')
  .option('--at <time>', 'when inputs were recorded that hold near times', '2026-11-22T16:16:40Z')
  .parse()
  .opts<Options>();

// What one case leaves behind must not end the others.
process.on('unhandledRejection', (fault) => console.error(fault));

const cases = loadCases(path);
const results: CaseResult[] = [];
if (out !== undefined) writeFileSync(out, '');
for (const found of cases) {
  const result = await runCase(found, Date.parse(at));
  results.push(result);
  // One by one: whatever ends the run, these are there.
  if (out !== undefined) appendFileSync(out, `${JSON.stringify(result)}\n`);
}
if (out === undefined) printSummary();

function printSummary(): void {
  const areas = new Map<string, { [status: string]: number }>();
  for (const [index, { status }] of results.entries()) {
    const area = cases[index]?.area ?? '';
    const counts = areas.get(area) ?? {};
    areas.set(area, { ...counts, [status]: (counts[status] ?? 0) + 1 });
  }
  console.table(Object.fromEntries(areas));
  for (const { id, status, cause } of results) if (status === notRun) console.log(`${id}\n    ${cause}`);
}
