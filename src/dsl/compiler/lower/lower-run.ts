import type { ExpressionNode } from '../../ast/expression-node.ts';
import type { CallNode, FailNode, PollNode, RunNode, WaitNode } from '../../ast/step-node.ts';
import type { CatchDraft } from '../draft.ts';
import { literal, states, value } from '../../ast/node.ts';
import { stateName } from '../state-name.ts';
import type { Lowered, Place } from './place.ts';

/** Where a call's own result is in what its integration answers. */
const RESULT: Readonly<Record<CallNode['kind'], ExpressionNode>> = {
  task: states('result', 'Payload'),
  sdk: states('result'),
  workflow: states('result', 'Output'),
};

export const resultOf = (call: CallNode): ExpressionNode => RESULT[call.kind];

/** The Catchers that give a step the value of its `recover` and go on behind it. */
export const catchesOf = (step: RunNode | PollNode, place: Place): readonly CatchDraft[] =>
  step.recover.map(({ errors, value }) => ({ errors, assign: { [step.name]: value }, next: place.next }));

export function lowerRun(step: RunNode, place: Place): Lowered {
  const name = stateName(place.path);
  return {
    entry: name,
    states: [
      {
        type: 'Task',
        name,
        undos: place.undos,
        call: step.call,
        retry: step.retry,
        catches: catchesOf(step, place),
        assign: { [step.name]: value(resultOf(step.call)) },
        next: place.next,
      },
    ],
  };
}

export function lowerWait(step: WaitNode, place: Place): Lowered {
  const name = stateName(place.path);
  return {
    entry: name,
    states: [{ type: 'Wait', name, undos: place.undos, seconds: step.seconds, next: place.next }],
  };
}

export function lowerFail(step: FailNode, place: Place): Lowered {
  const name = stateName(place.path);
  return {
    entry: name,
    states: [{ type: 'Fail', name, undos: place.undos, error: literal(step.error), cause: step.cause }],
  };
}
