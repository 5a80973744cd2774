import { join, relative } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { Duration } from '../dsl/authoring/duration.ts';
import { Coverage } from '../dsl/testing/coverage/coverage.ts';
import { writeCoverage } from '../dsl/testing/coverage/coverage-files.ts';
import { machineMatchers } from '../dsl/testing/matchers.ts';
import { COVERAGE_FOLDER } from './coverage-folder.ts';

const ours = Symbol.for('rewind.machineCoverage');

interface Counted {
  readonly coverage: Coverage;
  /** Named after the first test file that had counted something. */
  file?: string;
}

/** One for all test files of a process, which without isolation loads this file anew for each, but not who uses it. */
const shared = globalThis as { [ours]?: Counted };
const counted = (shared[ours] ??= { coverage: new Coverage() });

/**
 * For vitest: importing this file, in a test or as one of `setupFiles`, registers the matchers. What is counted here is
 * written to `coverage/machines` when a test file ends, for `rewind coverage`. Without isolation of test files
 * (`isolate: false`) it must be one of `setupFiles`; what they count together is then in one file for each process.
 */
export const machineCoverage = counted.coverage;

expect.extend(machineMatchers);

afterAll(() => {
  const { testPath } = expect.getState();
  if (testPath === undefined || machineCoverage.records.length === 0) return;
  counted.file ??= join(COVERAGE_FOLDER, `${encodeURIComponent(relative(process.cwd(), testPath))}.json`);
  writeCoverage(machineCoverage, counted.file);
});

declare module 'vitest' {
  interface Matchers<T> {
    toHaveSucceeded(): T;
    toHaveSucceededWith(output: unknown): T;
    /** @param cause a part of it, or a pattern. */
    toHaveFailedWith(error: string, cause?: string | RegExp): T;
    /** @param path all states in order; `'...'` stands for any states, or none. */
    toHaveTakenPath(path: readonly string[]): T;
    toHaveVisited(state: string, times?: number): T;
    /** @param what a function or state machine by its name, or a call such as `dynamodb:getItem`. */
    toHaveCalled(what: string, given?: unknown): T;
    /** @param duration of virtual time, in words or milliseconds. */
    toHaveTaken(duration: Duration | number): T;
  }
}
