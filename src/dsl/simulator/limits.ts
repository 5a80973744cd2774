import type { Json } from '../asl/machine.ts';
import { StateFailure } from './state-failure.ts';
import { SimulationError } from './simulation-error.ts';

/** Bytes of UTF-8 that an input, a result or an output may have. Source: "Step Functions service quotas". */
export const maximumPayloadBytes = 256 * 1024;

/** Bytes that the variables of one Assign may have together. */
export const maximumAssignBytes = 256 * 1024;

/** Bytes that all variables of an execution may have together. */
export const maximumVariableBytes = 10 * 1024 * 1024;

/** Seconds that an execution may last, by its type; a Standard one's count from its first start on. */
export const maximumExecutionSeconds = { STANDARD: 365 * 86_400, EXPRESS: 300 } as const;

/** Events that a Standard execution's history may have; reaching it ends the execution. */
export const maximumHistoryEvents = 25_000;

/** Iterations of an inline Map that run at once, whatever MaxConcurrency says. */
export const maximumInlineConcurrency = 40;

/** Seconds that a task without TimeoutSeconds, or a Wait, may take at most: the largest that ASL allows. */
export const maximumSeconds = 99_999_999;

/** Executions that tasks may start, in a row and in all: no test means more. */
const maximumGenerations = 1000;
const maximumNested = 20_000;

/** @throws SimulationError for executions that start others, and these again others, without end. */
export function refuseEndless(generation: number, nested: number, machineName: string): void {
  if (generation < maximumGenerations && nested <= maximumNested) return;
  throw new SimulationError(
    `executions start one another without end, this time one of '${machineName}'; let a Choice end them`,
  );
}

/** The JSON text of a payload. @throws StateFailure States.DataLimitExceeded when it is too large. */
export function payloadText(value: Json, stateOrTask: string): string {
  const text = JSON.stringify(value);
  // A character is at most three bytes of UTF-8, so that short texts need no counting.
  if (text.length * 3 > maximumPayloadBytes && Buffer.byteLength(text) > maximumPayloadBytes)
    throw new StateFailure(
      'States.DataLimitExceeded',
      `The state/task '${stateOrTask}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  return text;
}
