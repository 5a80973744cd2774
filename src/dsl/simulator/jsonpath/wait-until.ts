import type { WaitState } from '../../asl/machine.ts';
import type { Process } from '../request.ts';
import { timestampOf } from '../timestamp.ts';
import type { Visit } from '../visit.ts';
import { compilePath } from './path/compile-path.ts';
import { effectiveInput, runtimeFailure, sourcesOf } from './read-fields.ts';

/** The longest wait in seconds: a Java int (seen on AWS: 24,855 days pass, 24,856 do not). */
const longestWait = 2 ** 31 - 1;

/** When a Wait is over: after a number of seconds, or at a time. */
// oxlint-disable-next-line require-yield -- the other language's is a process
export function* waitUntil(visit: Visit, from: number): Process<number> {
  const { Seconds, SecondsPath, Timestamp, TimestampPath } = visit.state as WaitState;
  const until = () => {
    if (Seconds !== undefined) return from + 1000 * Number(Seconds);
    if (SecondsPath !== undefined) return from + 1000 * seconds(visit, SecondsPath);
    if (Timestamp !== undefined) return timestampOf(Timestamp) ?? from;
    return TimestampPath === undefined ? from : timestamp(visit, TimestampPath);
  };
  const at = until();
  if (at - from > longestWait * 1000) throw runtimeFailure(visit, 'Wait state delay is too long.');
  return at;
}

function seconds(visit: Visit, path: string): number {
  const value = referenced(visit, 'SecondsPath', path);
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof given !== 'number' || !Number.isInteger(given))
    throw runtimeFailure(
      visit,
      `The SecondsPath parameter cannot be parsed as a long value: ${path} == ${text(value)}`,
    );
  if (given < 0)
    throw runtimeFailure(visit, `The SecondsPath parameter references a negative value: ${path} == ${given}`);
  return given;
}

function timestamp(visit: Visit, path: string): number {
  const value = referenced(visit, 'TimestampPath', path);
  const at = typeof value === 'string' ? timestampOf(value) : undefined;
  if (at !== undefined) return at;
  throw runtimeFailure(
    visit,
    'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format ' +
      `string: ${path} == ${text(value)}`,
  );
}

function referenced(visit: Visit, name: string, path: string): unknown {
  const value = compilePath(path).find(sourcesOf(visit, effectiveInput(visit)));
  if (value !== undefined) return value;
  throw runtimeFailure(visit, `The ${name} parameter does not reference an input value: ${path}`);
}

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
