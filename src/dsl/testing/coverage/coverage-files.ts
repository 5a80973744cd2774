import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { StateMachine } from '../../asl/machine.ts';
import { SimulationError } from '../../simulator/simulation-error.ts';
import { Coverage } from './coverage.ts';

const Records = z.array(
  z.object({
    name: z.string(),
    machine: z.custom<StateMachine>((value) => typeof value === 'object' && value !== null && 'States' in value),
    hits: z.record(z.string(), z.record(z.string(), z.number())),
  }),
);

/** Writes what was counted to a file, for `readCoverage` to put together with others. */
export function writeCoverage(coverage: Coverage, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(coverage.records)}\n`);
}

/**
 * What all files of a folder counted together.
 * @throws SimulationError when there are none, or one of them is something else.
 */
export function readCoverage(folder: string): Coverage {
  const coverage = new Coverage();
  const files = filesIn(folder);
  if (files.length === 0)
    throw new SimulationError(`${folder}: there is no coverage; run the tests that record it`);
  for (const file of files) coverage.addRecords(recordsIn(join(folder, file)));
  return coverage;
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  } catch {
    return [];
  }
}

function recordsIn(file: string): z.infer<typeof Records> {
  try {
    return Records.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new SimulationError(`${file}: it is no coverage of state machines; remove it`, { cause: error });
  }
}
