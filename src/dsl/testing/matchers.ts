import { inspect } from 'node:util';
import { durationText } from '../ast/duration-text.ts';
import { type Duration, seconds } from '../authoring/duration.ts';
import { SimulationError } from '../simulator/simulation-error.ts';
import { isAsymmetric, isLike } from './is-like.ts';
import { refuseUnknownCall } from './known-call.ts';
import { refuseUnknownPlace } from './known-state.ts';
import { departure, GAP, isMeant } from './path/match-path.ts';
import { pathText } from './path/path-text.ts';
import { actionOf, type TestCall } from './test-call.ts';
import type { TestRun } from './test-run.ts';
import { shortened } from './shortened.ts';
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
    difference: run.status === 'SUCCEEDED' ? { actual: run.output, expected: output } : undefined,
  })),

  /** @param cause a part of it, or a pattern. */
  toHaveFailedWith: matcher((run, error: string, cause?: string | RegExp) => {
    if (typeof error !== 'string' && !isAsymmetric(error))
      throw new SimulationError(`an error must be given by its name, got ${inspect(error)}`);
    return {
      pass: isLike(errorOf(run), error) && isSaid(run.cause ?? '', cause),
      what: `failure with ${error}${cause === undefined ? '' : `: ${String(cause)}`}`,
    };
  }),

  /**
   * @param path all states in order; `'...'` stands for any states or none, and a state within a Map or a Parallel may
   * be named alone or with its place.
   */
  toHaveTakenPath: matcher((run, path: readonly string[]) => {
    if (!Array.isArray(path))
      throw new SimulationError(`a path must be a list of states, got ${inspect(path)}`);
    for (const part of path) if (part !== GAP) refuseUnknownPlace(part, run.machine);
    const departs = departure(run.path, path);
    return { pass: departs === undefined, what: `the path\n  ${pathText(path)}`, instead: departs };
  }),

  toHaveVisited: matcher((run, state: string, times?: number) => {
    refuseUnknownPlace(state, run.machine);
    if (times !== undefined && !(Number.isInteger(times) && times >= 0))
      throw new SimulationError(`a state is visited a whole number of times from 0, got ${inspect(times)}`);
    const visits = run.path.filter((part) => isMeant(part, state)).length;
    return {
      pass: times === undefined ? visits > 0 : visits === times,
      what: `${state} to be visited${times === undefined ? '' : ` ${timesText(times)}`}`,
      instead: `it was visited ${timesText(visits)}`,
    };
  }),

  /** @param what a function or state machine by its name, or a call such as `dynamodb:getItem`. */
  toHaveCalled: matcher((run, what: string, given?: unknown) => {
    refuseUnknownCall(what, run);
    const calls = run.calls.filter((call) => isCallOf(call, what));
    const [first, ...others] = calls;
    return {
      pass: given === undefined ? calls.length > 0 : calls.some((call) => isLike(call.arguments, given)),
      what: `a call of ${what}${given === undefined ? '' : ` with ${text(given)}`}`,
      instead: callsText(run.calls.length > mostCalls && calls.length > 0 ? calls : run.calls),
      difference:
        given === undefined || first === undefined || others.length > 0
          ? undefined
          : { actual: first.arguments, expected: given },
    };
  }),

  /** @param duration exactly so much virtual time, `'2 hours'` or milliseconds. */
  toHaveTaken: matcher((run, duration: Duration | number) => {
    const expected = typeof duration === 'number' ? duration : seconds(duration) * 1000;
    if (!(expected >= 0 && expected < Infinity))
      throw new SimulationError(`a run takes a number of milliseconds from 0, got ${expected}`);
    return {
      pass: run.virtualMilliseconds === expected,
      what: `that it takes ${durationText(expected)}`,
      instead: `it took ${durationText(run.virtualMilliseconds)}`,
    };
  }),
};

const timesText = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** How many calls a message lists. */
const mostCalls = 30;

/** What an execution as a whole that timed out ended with, its result does not say. */
const errorOf = ({ status, error }: TestRun): string | undefined =>
  status === 'TIMED_OUT' ? 'States.Timeout' : error;

function isSaid(cause: string, expected: string | RegExp | undefined): boolean {
  if (expected === undefined) return true;
  if (isAsymmetric(expected)) return expected.asymmetricMatch(cause);
  if (typeof expected === 'string') return cause.includes(expected);
  if (!(expected instanceof RegExp))
    throw new SimulationError(`a cause must be a part of the text or a pattern, got ${inspect(expected)}`);
  return cause.search(expected) !== -1;
}

const isCallOf = ({ called, resource }: TestCall, what: string): boolean =>
  called === what || resource === what || actionOf(resource) === actionOf(what);

function callsText(calls: readonly TestCall[]): string {
  if (calls.length === 0) return 'it called nothing';
  const lines = calls
    .slice(0, mostCalls)
    .map(({ state, called, arguments: given }) => `  ${called} with ${shortened(text(given))}, in ${state}`);
  const more = calls.length > mostCalls ? `\n  and ${calls.length - mostCalls} more` : '';
  return `it called\n${lines.join('\n')}${more}`;
}

/** JSON, with the words of what only a test runner understands. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (isAsymmetric(part) ? part.toString() : part)) ?? 'nothing';
