import type { z } from 'zod';
import { DefinitionError } from '../ast/definition-error.ts';
import type { CallNode } from '../ast/step-node.ts';
import type { Whole } from '../expression/present.ts';
import type { StartableCall, TaskError } from './call.ts';
import { namesOf, optionsOf, schemaOf } from './checked.ts';
import { type Duration, secondsOf } from './duration.ts';
import { withSchemas } from './call-schemas.ts';
import { templateFor } from './schema/template-for.ts';
import type { WrittenFor } from './schema/written-for.ts';
import { shown } from './shown.ts';

/** What a task is, apart from the code that does it: enough to call it, deploy it, and check its data. */
export interface TaskDefinition<
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
  E extends string = string,
> {
  /** What the function is sent, before its own parsing; a default or transform in it is the function's to apply. */
  readonly input: In;
  /**
   * What the function sends back: nobody parses it. So a field with a default may be missing, and a transform is
   * refused.
   */
  readonly output: Out;
  /** The names of the errors it throws on purpose; a step's `retry`, `recover` and `catch` may name them. */
  readonly errors: readonly E[];
  /** The function's timeout: at most 15 minutes, Lambda's own limit. */
  readonly timeout: Duration;
}

/** Lambda's own errors, and throttling and faults that an AWS SDK call of the handler did not get over. */
export type LambdaError =
  | `Lambda.${string}`
  | 'Sandbox.Timedout'
  | 'ThrottlingException'
  | 'ProvisionedThroughputExceededException'
  | 'RequestLimitExceeded'
  | 'TooManyRequestsException'
  | 'InternalServerError'
  | 'ServiceUnavailable'
  | 'ServiceException'
  | 'TimeoutError';

/** What starting a function without waiting for it gives: 202. */
export interface StartedTask {
  readonly StatusCode: number;
}

/**
 * A task: called with its arguments inside a workflow, it makes the call a step runs. Name it where a
 * function takes any task.
 *
 * @example
 * const functionName = ({ taskName }: Task): string => `shop-${taskName}`;
 * functionName(charge); // → "shop-Charge"
 */
export interface Task<
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
  E extends string = string,
> {
  <const Given>(
    given: Whole<z.input<In>, Given>,
  ): StartableCall<WrittenFor<Out>, E | TaskError | LambdaError, StartedTask>;
  /** Its Lambda function's logical name. */
  readonly taskName: string;
  readonly definition: TaskDefinition<In, Out, E>;
}

/** Seconds that a state waits beyond its function's own timeout, so that Lambda's answer arrives first. */
const GRACE_SECONDS = 30;

const DEFINITION = ['input', 'output', 'errors', 'timeout'];

/** Seconds: Lambda's longest timeout. Source: "Lambda quotas". */
const LONGEST_SECONDS = 900;

/**
 * A Lambda function as a workflow sees it. Its handler may be called more than once for one step (retries),
 * so it must be idempotent. For an action of an AWS service `awsSdk` needs no function.
 * @throws DefinitionError for a name that cannot be a CloudFormation variable's, or a timeout over 15
 * minutes.
 *
 * @example
 * ```ts
 * const pack = task('Pack', {
 *   input: z.object({ order: z.string() }),
 *   output: z.object({ box: z.number() }),
 *   errors: ['TooLarge'],
 *   timeout: '5 minutes',
 * });
 * flow.run('packed', ({ input }) => pack({ order: input.id })).returns(({ packed }) => packed.box);
 * ```
 * ```json
 * {
 *   "Packed": {
 *     "Type": "Task",
 *     "Resource": "arn:aws:states:::lambda:invoke",
 *     "Arguments": { "FunctionName": "${Pack}", "Payload": { "order": "{% $input.id %}" } },
 *     "TimeoutSeconds": 330,
 *     "…": "…"
 *   }
 * }
 * ```
 */
export function task<In extends z.ZodType, Out extends z.ZodType, const E extends string = never>(
  name: string,
  definition: TaskDefinition<In, Out, E>,
): Task<In, Out, E> {
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9]*$/.test(name))
    throw new DefinitionError(
      `${name}: a task's name stands as \${${name}} in the machine; use letters and digits, beginning with a letter`,
    );
  const { input, output, errors, timeout } = optionsOf(definition, DEFINITION, name);
  schemaOf(input, `${name} › input`);
  schemaOf(output, `${name} › output`);
  namesOf(errors, 'errors', name);
  const longest = secondsOf(timeout, `${name} › timeout`);
  if (longest > LONGEST_SECONDS)
    throw new DefinitionError(
      `${name}: a function may run for 15 minutes, got ${shown(timeout)}; do the work in parts with repeatUntil()`,
    );
  const call = (given: unknown) => {
    const node: CallNode = {
      kind: 'task',
      task: name,
      errors,
      arguments: templateFor(given, input, name),
      timeoutSeconds: longest + GRACE_SECONDS,
      waitsFor: 'result',
    };
    return { node: withSchemas(node, { input, output }) } as ReturnType<Task<In, Out, E>>;
  };
  return Object.assign(call, { taskName: name, definition });
}
