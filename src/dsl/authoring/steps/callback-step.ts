import * as z from 'zod';
import { DefinitionError } from '../../ast/definition-error.ts';
import { computedSecondsText } from '../../ast/duration-text.ts';
import { literal, operation } from '../../ast/node.ts';
import type { CallNode, StepNode } from '../../ast/step-node.ts';
import { type Expression, expressionOf, referenceTo, type Template } from '../../expression/expression.ts';
import { min } from '../../expression/number.ts';
import { operandOf } from '../../expression/template.ts';
import { concat } from '../../expression/text.ts';
import { callOf } from '../call-of.ts';
import { calledWith, optionsOf, schemaOf } from '../checked.ts';
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

/** How long an answer is waited for: so long, or as many seconds as the machine computes and at most so long. */
type Patience<Scope> =
  | Duration
  | {
      /** A whole number from 1; any other fails the step. */
      readonly seconds: (scope: Scope) => Expression<number>;
      /** However many seconds are computed, it is not waited longer: a step has a bound before it runs. */
      readonly atMost: Duration;
    };

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
  readonly giveUpAfter: Patience<Scope>;
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
  readonly giveUpAfter: Patience<Scope>;
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
  const { silence } = patienceOf(options.giveUpAfter, ground);
  const callback = callbackNode(ground, call, {
    ...options,
    answer: Approval,
    recover: { errors: ['States.Timeout' as E], value: () => ({ approved: false, comment: silence }) },
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

function waiting<Scope>(
  ground: StepGround,
  node: CallNode,
  { giveUpAfter, heartbeat }: { readonly giveUpAfter: Patience<Scope>; readonly heartbeat?: Duration },
): CallNode {
  const { place } = ground;
  if (!JSON.stringify(node.arguments).includes('"path":["context","Task","Token"]'))
    throw new DefinitionError(
      `${place}: the call does not pass the task token on, so nobody could answer; ` +
        `put the callback's second parameter into the arguments`,
    );
  const { timeoutSeconds, patience, longest } = patienceOf(giveUpAfter, ground);
  const heartbeatSeconds = heartbeat && secondsOf(heartbeat, `${place} › heartbeat`);
  if (heartbeatSeconds !== undefined && heartbeatSeconds >= timeoutSeconds)
    throw new DefinitionError(
      `${place}: heartbeat ('${heartbeat}') is not shorter than giveUpAfter ('${longest}'); lower it`,
    );
  return { ...node, waitsFor: 'token', timeoutSeconds, patience, heartbeatSeconds };
}

interface Waited extends Pick<CallNode, 'timeoutSeconds' | 'patience'> {
  readonly longest: Duration;
  /** That nobody has answered, in words. */
  readonly silence: Template<string>;
}

function patienceOf<Scope>(given: Patience<Scope>, ground: StepGround): Waited {
  const place = `${ground.place} › giveUpAfter`;
  if (typeof given !== 'object')
    return {
      timeoutSeconds: secondsOf(given, place),
      patience: undefined,
      longest: given,
      silence: `nobody answered within ${given}`,
    };
  const { seconds, atMost } = optionsOf(given, ['seconds', 'atMost'], place);
  const timeoutSeconds = secondsOf(atMost, `${place} › atMost`);
  const asked = expressionOf<number>(operandOf(calledWith(seconds, ground, 'giveUpAfter › seconds')));
  const patience = min(asked, timeoutSeconds);
  return {
    timeoutSeconds,
    patience: operandOf(patience),
    longest: atMost,
    silence: concat('nobody answered within ', expressionOf(computedSecondsText(operandOf(patience)))),
  };
}
