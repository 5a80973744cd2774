import * as z from 'zod';
import { DefinitionError } from '../../ast/definition-error.ts';
import { literal, operation } from '../../ast/node.ts';
import type { CallNode, StepNode } from '../../ast/step-node.ts';
import { type Expression, expressionOf, referenceTo } from '../../expression/expression.ts';
import { operandOf } from '../../expression/template.ts';
import { callOf } from '../call-of.ts';
import { optionsOf, schemaOf } from '../checked.ts';
import { type Duration, secondsOf } from '../duration.ts';
import { inputSchema } from '../input-schema.ts';
import type { StepGround } from '../standing.ts';
import { type CallOptions, calledNode } from './call-options.ts';

/**
 * The task token that an answer must carry, `$states.context.Task.Token`. Name it where a function makes the
 * call of several callbacks.
 *
 * @example
 * const askAbout = (order: Expression<string>, token: TaskToken) => ask({ question: order, token });
 * flow
 *   .approval('agreed', ({ input }, token) => askAbout(input.id, token), { giveUpAfter: '1 day' })
 *   .returns(({ agreed }) => agreed.approved); // → true
 */
export type TaskToken = Expression<string>;

export interface CallbackOptions<
  Scope,
  E extends string,
  Caught extends E,
  Recovered,
  Answer extends z.ZodType,
> extends Omit<CallOptions<Scope, E, Caught, Recovered>, 'timeout'> {
  /** What the answer must be; the machine checks it, and fails the step with `InvalidAnswer` for another. */
  readonly answer: Answer;
  /** The step fails with `States.Timeout` when nobody has answered by then. */
  readonly giveUpAfter: Duration;
  /** The step fails with `States.HeartbeatTimeout` when no sign of life came for so long; default no heartbeat. */
  readonly heartbeat?: Duration;
}

/**
 * What a person who is asked by `approval` answers with: whoever sends the answer checks it with this.
 *
 * @example
 * Approval.parse({ approved: false, by: 'Grace' }); // → { "approved": false, "by": "Grace" }
 */
export const Approval = z.object({
  approved: z.boolean(),
  /** Who decided, for the record. */
  by: z.string().optional(),
  comment: z.string().optional(),
});

/** An answer of `Approval`. */
export interface Approved extends z.output<typeof Approval> {}

export interface ApprovalOptions<Scope, E extends string> extends Pick<
  CallOptions<Scope, E, E, never>,
  'retry'
> {
  /** Silence for so long means no. */
  readonly giveUpAfter: Duration;
}

export function callbackNode<Scope, E extends string, Caught extends E, Recovered, Answer extends z.ZodType>(
  ground: StepGround,
  call: unknown,
  given: CallbackOptions<Scope, E, Caught, Recovered, Answer>,
): StepNode {
  const options = optionsOf(given, ['retry', 'recover', 'answer', 'giveUpAfter', 'heartbeat'], ground.place);
  const { schema, unchecked } = inputSchema(
    schemaOf(options.answer, `${ground.place} › answer`),
    `${ground.place} › answer`,
  );
  return {
    kind: 'callback',
    name: ground.name,
    ...calledNode(ground, waiting(ground, callOf(call, { ...ground, also: token }), options), options),
    answer: schema,
    unchecked,
    refusal: undefined,
  };
}

/** Asks a person; anything but a yes in time fails the step with `NotApproved`. */
export function approvalNode<Scope, E extends string>(
  ground: StepGround,
  call: unknown,
  given: ApprovalOptions<Scope, E>,
): StepNode {
  const options = optionsOf(given, ['retry', 'giveUpAfter'], ground.place);
  const silence = { approved: false, comment: `nobody answered within ${options.giveUpAfter}` };
  const callback = callbackNode(ground, call, {
    ...options,
    answer: Approval,
    recover: { errors: ['States.Timeout' as E], value: () => silence },
  });
  const answer = referenceTo<z.output<typeof Approval>>(ground.name);
  const told = (field: Expression<string | undefined>, before: string) =>
    operation(
      'choose',
      operation('exists', operandOf(field)),
      operation('&', literal(before), operandOf(field)),
      literal(''),
    );
  return {
    ...(callback as Extract<StepNode, { kind: 'callback' }>),
    refusal: {
      when: operation('not', operandOf(answer.approved)),
      error: 'NotApproved',
      cause: operation(
        '&',
        operation('&', literal('the answer was no'), told(answer.by, ', by ')),
        told(answer.comment, ': '),
      ),
    },
  };
}

const token: TaskToken = expressionOf({
  kind: 'reference',
  variable: 'states',
  path: ['context', 'Task', 'Token'],
});

function waiting(
  { place }: StepGround,
  node: CallNode,
  { giveUpAfter, heartbeat }: { readonly giveUpAfter: Duration; readonly heartbeat?: Duration },
): CallNode {
  if (!JSON.stringify(node.arguments).includes('"path":["context","Task","Token"]'))
    throw new DefinitionError(
      `${place}: the call does not pass the task token on, so nobody could answer; ` +
        `put the callback's second parameter into the arguments`,
    );
  const timeoutSeconds = secondsOf(giveUpAfter, `${place} › giveUpAfter`);
  const heartbeatSeconds = heartbeat && secondsOf(heartbeat, `${place} › heartbeat`);
  if (heartbeatSeconds !== undefined && heartbeatSeconds >= timeoutSeconds)
    throw new DefinitionError(
      `${place}: heartbeat ('${heartbeat}') is not shorter than giveUpAfter ('${giveUpAfter}'); lower it`,
    );
  return { ...node, waitsFor: 'token', timeoutSeconds, heartbeatSeconds };
}
