import type { VirtualClock } from './clock.ts';
import type { ExecutionStart } from './execution-start.ts';
import { maximumExecutionSeconds } from './limits.ts';

/**
 * Has `timeUp` run when an execution, which starts or is redriven now, has lasted as long as it may. Returns the way to
 * take that back.
 * @param startDate of its first start, in virtual milliseconds since the epoch.
 */
export function limitTime(
  clock: VirtualClock,
  { machine, type, mapRun, startDate }: ExecutionStart & { readonly startDate: number },
  timeUp: () => void,
): () => void {
  const longest = startDate + maximumExecutionSeconds[type] * 1000;
  const asked = clock.now() + (machine.TimeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  if (type === 'EXPRESS' || asked < longest) return clock.schedule(Math.min(asked, longest), timeUp);
  // Nobody waits for the year to pass; and a Standard child of a Map Run has ended with its parent before.
  return mapRun === undefined ? clock.scheduleIdle(longest, timeUp) : () => {};
}
