import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { coverageDot } from '../dsl/testing/coverage/coverage-dot.ts';
import { readCoverage } from '../dsl/testing/coverage/coverage-files.ts';
import type { Coverage } from '../dsl/testing/coverage/coverage.ts';
import { COVERAGE_FOLDER } from '../vitest/coverage-folder.ts';
import { coverageText, percentOf } from './coverage-text.ts';
import { drawGraph } from './draw-graph.ts';

interface CoverageOptions {
  readonly threshold?: number;
  readonly picture?: string;
  readonly json?: true;
}

const EXAMPLE = `
Example:
  rewind coverage --threshold 90 --picture coverage/pictures

The tests record it: see docs/testing.md.`;

/** `rewind coverage`: what of the state machines the tests went through. */
export const coverageCommand = (): Command =>
  new Command('coverage')
    .summary('tells which states and ways of the state machines the tests went through')
    .description(
      'Puts together what the tests have recorded of state machines, and tells of each how many of its states, ' +
        'transitions, ways out of Choices, Retriers and Catchers they went through, and which they did not. Exit ' +
        'status 1 when a machine is below the threshold.',
    )
    .argument('[directory]', 'where the tests have recorded it', COVERAGE_FOLDER)
    .option('--threshold <percent>', 'how much of each machine must be covered', percent)
    .option(
      '--picture <directory>',
      'draws each machine, <name>.svg: green is covered, red and dashed is not',
    )
    .option('--json', 'print the figures and what is missing as JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (directory: string, { threshold = 0, picture, json }: CoverageOptions) => {
      const coverage = readCoverage(directory);
      const report = coverage.report();
      console.log(json ? JSON.stringify(report, null, 2) : coverageText(report));
      if (picture !== undefined) await draw(coverage, picture);
      for (const machine of report) {
        if (percentOf(machine) >= threshold) continue;
        console.error(`rewind: ${machine.name} is covered to ${percentOf(machine)} %, not to ${threshold} %`);
        process.exitCode = 1;
      }
    });

async function draw(coverage: Coverage, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const report = coverage.report();
  for (const [index, record] of coverage.records.entries()) {
    const { covered = 0, total = 0 } = report[index] ?? {};
    const title = `${record.name}: ${percentOf({ covered, total })} %`;
    await writeFile(
      join(folder, `${encodeURIComponent(record.name)}.svg`),
      await drawGraph(coverageDot(record, title)),
    );
  }
}

function percent(text: string): number {
  const given = Number(text);
  if (text.trim() === '' || !(given >= 0 && given <= 100))
    throw new InvalidArgumentError('Give a number from 0 to 100.');
  return given;
}
