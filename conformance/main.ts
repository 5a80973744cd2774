import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { loadCases } from './load-cases.ts';
import { runCase, type CaseResult } from './run-case.ts';

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

const cases = loadCases(path);
const results: CaseResult[] = [];
for (const given of cases) results.push(await runCase(given, Date.parse(at)));

if (out === undefined) printSummary();
else writeFileSync(out, results.map((result) => `${JSON.stringify(result)}\n`).join(''));

function printSummary(): void {
  const areas = new Map<string, { [status: string]: number }>();
  for (const [index, result] of results.entries()) {
    const area = cases[index]?.area ?? '';
    const status = result.status ?? 'not run';
    const counts = areas.get(area) ?? {};
    areas.set(area, { ...counts, [status]: (counts[status] ?? 0) + 1 });
  }
  console.table(Object.fromEntries(areas));
  for (const { id, notRun } of results) if (notRun !== undefined) console.log(`${id}\n    ${notRun}`);
}
