import type { z } from 'zod';
import type { Template } from '../expression/expression.ts';
import { templateOf } from '../expression/template.ts';
import type { Call } from './call.ts';
import { type Duration, seconds } from './duration.ts';

/** What a task is, apart from the code that does it: enough to call it, deploy it, and check its data. */
export interface TaskDefinition<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly input: In;
  readonly output: Out;
  /** The names of the errors it throws on purpose; a step's `recover` may name them. */
  readonly errors: readonly string[];
  /** The function's timeout: at most 15 minutes, Lambda's own limit. */
  readonly timeout: Duration;
}

/** A task: called with its arguments inside a workflow, it makes the call a step runs. */
export interface Task<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  (given: Template<z.input<In>>): Call<z.output<Out>>;
  /** Its Lambda function's logical name. */
  readonly taskName: string;
  readonly definition: TaskDefinition<In, Out>;
}

/** Seconds that a state waits beyond its function's own timeout, so that Lambda's answer arrives first. */
const GRACE_SECONDS = 30;

/**
 * A Lambda function as a workflow sees it. Its handler may be called more than once for one step (retries),
 * so it must be idempotent.
 */
export function task<In extends z.ZodType, Out extends z.ZodType>(
  name: string,
  definition: TaskDefinition<In, Out>,
): Task<In, Out> {
  const timeoutSeconds = seconds(definition.timeout) + GRACE_SECONDS;
  const call = (given: Template<z.input<In>>): Call<z.output<Out>> => ({
    node: { kind: 'task', task: name, arguments: templateOf(given, name), timeoutSeconds },
  });
  return Object.assign(call, { taskName: name, definition });
}
