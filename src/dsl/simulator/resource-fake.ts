import type { Json } from '../asl/machine.ts';
import type { Invocation } from './invocation.ts';

/** What a fake may know of the call that it answers. */
export interface ResourceCall extends Invocation {
  readonly stateName: string;
  /** How often the task was tried before: 0 at first. */
  readonly attempt: number;
  /** The iterations of inline Maps that the task is in, the outermost first. */
  readonly iterations: readonly { readonly map: string; readonly index: number }[];
  /** The task token, with `.waitForTaskToken`. */
  readonly token: string | undefined;
  /** The Resource's whole ARN. */
  readonly resource: string;
  /**
   * For `.sync`: what the service answered when it took the job on, as the TaskSubmitted event shows it. Without
   * it the event shows the result, and what the fake throws is the service's refusal of the job (TaskSubmitFailed),
   * unless it is named States.TaskFailed.
   */
  readonly submitted: (output: Json) => void;
}

/**
 * Stands in for a service: gets the evaluated arguments, and its return value is the task's result; with
 * `.waitForTaskToken` it is what TaskSubmitted shows. A StateFailure fails the task with exactly that error
 * and cause, any other error with its `name` and `message`.
 *
 * @example
 * const publish: ResourceFake = () => ({ MessageId: 'm-1' });
 * const resources = { 'arn:aws:states:::sns:publish': publish };
 */
export type ResourceFake = (args: Json, call: ResourceCall) => unknown;
