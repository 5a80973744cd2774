import type { ExpressionNode, TemplateNode } from '../../ast/expression-node.ts';
import { literal, operation, value, variable } from '../../ast/node.ts';
import type { RepeatNode } from '../../ast/step-node.ts';
import type { Draft } from '../draft.ts';
import { stateName } from '../state-name.ts';
import { mapReferences } from '../walk.ts';
import { ownFailure } from './own-failure.ts';
import { catchesOf, resultOf } from './lower-run.ts';
import { type Lowered, type Place, handlersAt } from './place.ts';

/** Begin (the first cursor) → the call → Done? (a Choice) → Wait, if there is a pause → the call again. */
export function lowerRepeat(step: RepeatNode, place: Place): Lowered {
  const name = (part?: string) => stateName(part ? [...place.path, part] : place.path);
  const handlers = handlersAt(place);
  const calls = `${step.name}_calls`;
  const { cursor } = step;
  const again = step.pauseSeconds > 0 ? name('Wait') : name();
  const states: Draft[] = [
    {
      type: 'Pass',
      name: name('Begin'),
      ...handlers,
      assign: { [calls]: value(literal(0)), ...(cursor ? { [cursor.variable]: cursor.first } : {}) },
      next: name(),
    },
    {
      type: 'Task',
      name: name(),
      ...handlers,
      call: step.call,
      retry: step.retry,
      catches: catchesOf(step, place),
      assign: {
        [step.name]: value(resultOf(step.call)),
        [calls]: value(operation('+', variable(calls), literal(1))),
        ...(cursor ? { [cursor.variable]: nextCursor(step, cursor.next) } : {}),
      },
      next: name('Done'),
    },
    {
      type: 'Choice',
      name: name('Done'),
      ...handlers,
      choices: [
        { when: step.until, next: place.next },
        { when: operation('>=', variable(calls), literal(step.atMost)), next: name('GaveUp') },
      ],
      otherwise: again,
    },
    ownFailure(step, place, {
      state: name('GaveUp'),
      error: 'GaveUp',
      cause: `not done after ${step.atMost} calls`,
    }),
  ];
  if (step.pauseSeconds > 0)
    states.splice(3, 0, {
      type: 'Wait',
      name: name('Wait'),
      ...handlers,
      wait: { seconds: literal(step.pauseSeconds) },
      next: name(),
    });
  return { entry: name('Begin'), states };
}

/**
 * The cursor out of the state's own result: variables are assigned together, so the result's variable still
 * holds the last one. When all is done there need not be a cursor any more.
 */
function nextCursor(step: RepeatNode, next: TemplateNode): TemplateNode {
  const result = resultOf(step.call);
  const own = (node: ExpressionNode): ExpressionNode =>
    mapReferences(node, (reference) =>
      reference.variable === step.name && result.kind === 'reference'
        ? { ...result, path: [...result.path, ...reference.path] }
        : reference,
    );
  const given: ExpressionNode = next.kind === 'value' ? next.value : { kind: 'template', template: next };
  return value(operation('choose', own(step.until), literal(null), own(given)));
}
