import { type Duration, seconds } from '../authoring/duration.ts';
import { durationText } from './duration-text.ts';
import { isAsymmetric, isLike } from './is-like.ts';
import { refuseUnknownCall } from './known-call.ts';
import { refuseUnknownState } from './known-state.ts';
import { departure, GAP, isMeant, WITHIN } from './path/match-path.ts';
import { pathText } from './path/path-text.ts';
import { actionOf, type TestCall } from './test-call.ts';
import type { TestRun } from './test-run.ts';
import { matcher } from './verdict.ts';

/**
 * What a test says of a finished run. Each is a plain function that answers whether it holds, and with the words for
 * when it does not: the path that was taken, and how the run ended. For vitest `src/vitest` registers them; another test
 * runner may take them as `expect.extend(machineMatchers)`. What they are: docs/testing.md.
 *
 * @example
 * const run = await testMachine(compile(ship), world()).run({ order: 'o-7' });
 * const { pass, message } = machineMatchers.toHaveVisited(run, 'Tracked', 1);
 * const words = message().split('\n').slice(0, 2); // → ["expected Tracked to be visited once", "it was visited 3 times"]
 */
export const machineMatchers = {
  toHaveSucceeded: matcher(({ status }) => ({ pass: status === 'SUCCEEDED', what: 'success' })),

  /** `expect.objectContaining` and its like may stand in the output. */
  toHaveSucceededWith: matcher((run, output: unknown) => ({
    pass: run.status === 'SUCCEEDED' && isLike(run.output, output),
    what: `success with ${text(output)}`,
  })),

  /** @param cause a part of it, or a pattern. */
  toHaveFailedWith: matcher((run, error: string, cause?: string | RegExp) => ({
    pass: errorOf(run) === error && isSaid(run.cause ?? '', cause),
    what: `failure with ${error}${cause === undefined ? '' : `: ${String(cause)}`}`,
  })),

  /**
   * @param path all states in order; `'...'` stands for any states or none, and a state within a Map or a Parallel may
   * be named alone or with its place.
   */
  toHaveTakenPath: matcher((run, path: readonly string[]) => {
    for (const part of path) if (part !== GAP) refuseUnknownState(stateOf(part), run.machine);
    const departs = departure(run.path, path);
    return { pass: departs === undefined, what: `the path\n  ${pathText(path)}`, instead: departs };
  }),

  toHaveVisited: matcher((run, state: string, times?: number) => {
    refuseUnknownState(stateOf(state), run.machine);
    const visits = run.path.filter((part) => isMeant(part, state)).length;
    return {
      pass: times === undefined ? visits > 0 : visits === times,
      what: `${state} to be visited${times === undefined ? '' : ` ${timesText(times)}`}`,
      instead: `it was visited ${timesText(visits)}`,
    };
  }),

  /** @param what a function or state machine by its name, or a call such as `dynamodb:getItem`. */
  toHaveCalled: matcher((run, what: string, ...given: readonly [unknown?]) => {
    refuseUnknownCall(what, run);
    const calls = run.calls.filter((call) => isCallOf(call, what));
    return {
      pass: given.length === 0 ? calls.length > 0 : calls.some((call) => isLike(call.arguments, given[0])),
      what: `a call of ${what}${given.length === 0 ? '' : ` with ${text(given[0])}`}`,
      instead: callsText(run.calls),
    };
  }),

  /** @param duration exactly so much virtual time, `'2 hours'` or milliseconds. */
  toHaveTaken: matcher((run, duration: Duration | number) => {
    const expected = typeof duration === 'number' ? duration : seconds(duration) * 1000;
    return {
      pass: run.virtualMilliseconds === expected,
      what: `that it takes ${durationText(expected)}`,
      instead: `it took ${durationText(run.virtualMilliseconds)}`,
    };
  }),
};

const timesText = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** The state of a place such as `Each[0] > Pack`. */
const stateOf = (place: string): string => place.split(WITHIN).at(-1) ?? place;

/** What an execution as a whole that timed out ended with, its result does not say. */
const errorOf = ({ status, error }: TestRun): string | undefined =>
  status === 'TIMED_OUT' ? 'States.Timeout' : error;

const isSaid = (cause: string, expected: string | RegExp | undefined): boolean =>
  expected === undefined || (typeof expected === 'string' ? cause.includes(expected) : expected.test(cause));

const isCallOf = ({ called, resource }: TestCall, what: string): boolean =>
  called === what || resource === what || actionOf(resource) === actionOf(what);

function callsText(calls: readonly TestCall[]): string {
  if (calls.length === 0) return 'it called nothing';
  const lines = calls.map(
    ({ state, called, arguments: given }) => `  ${called} with ${text(given)}, in ${state}`,
  );
  return `it called\n${lines.join('\n')}`;
}

/** JSON, with the words of what only a test runner understands. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (isAsymmetric(part) ? part.toString() : part)) ?? 'nothing';
