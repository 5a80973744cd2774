import type { ExpressionNode } from '../../ast/expression-node.ts';
import { LOOP_ERRORS } from '../../ast/loop-errors.ts';
import { literal, states, value } from '../../ast/node.ts';
import type {
  CallNode,
  CallbackNode,
  FailNode,
  PollNode,
  RepeatNode,
  RunNode,
  SucceedNode,
  WaitNode,
} from '../../ast/step-node.ts';
import type { CatchDraft } from '../draft.ts';
import { stateName } from '../state-name.ts';
import { type Lowered, type Place, handlersAt } from './place.ts';
import { recoveryFromChild } from './recovery-from-child.ts';

/** Where a call's own result is in what its integration answers. */
const RESULT: Readonly<Record<CallNode['kind'], ExpressionNode>> = {
  task: states('result', 'Payload'),
  sdk: states('result'),
  workflow: states('result', 'Output'),
  integration: states('result'),
};

/** What a state's result is: of a token, and of what was only started, the answer itself. */
export const resultOf = (call: CallNode): ExpressionNode =>
  call.waitsFor === 'result' ? RESULT[call.kind] : states('result');

/** The Catchers that give a step the value of its `recover` and go on behind it. */
export const catchesOf = (
  step: RunNode | CallbackNode | PollNode | RepeatNode,
  { next }: { readonly next: string },
): readonly CatchDraft[] =>
  step.recover.flatMap(({ errors, value }) => {
    const caught = errors.filter((error) => !LOOP_ERRORS.has(error));
    return caught.length === 0 ? [] : [{ errors: caught, assign: { [step.name]: value }, next }];
  });

export function lowerRun(step: RunNode, place: Place): Lowered {
  const name = stateName(place.path);
  const { catches, states } = recoveryFromChild(step, place) ?? {
    catches: catchesOf(step, place),
    states: [],
  };
  return {
    entry: name,
    states: [
      {
        type: 'Task',
        name,
        ...handlersAt(place),
        call: step.call,
        retry: step.retry,
        catches,
        assign: { [step.name]: value(resultOf(step.call)) },
        next: place.next,
      },
      ...states,
    ],
  };
}

export function lowerWait(step: WaitNode, place: Place): Lowered {
  const name = stateName(place.path);
  return {
    entry: name,
    states: [{ type: 'Wait', name, ...handlersAt(place), wait: step.wait, next: place.next }],
  };
}

export function lowerSucceed(step: SucceedNode, place: Place): Lowered {
  const name = stateName(place.path);
  return { entry: name, states: [{ type: 'Succeed', name, ...handlersAt(place), output: step.output }] };
}

export function lowerFail(step: FailNode, place: Place): Lowered {
  const name = stateName(place.path);
  return {
    entry: name,
    states: [{ type: 'Fail', name, ...handlersAt(place), error: literal(step.error), cause: step.cause }],
  };
}
