import { inWords } from '../../../src/dsl/expression/failure.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import {
  type Open,
  type OpenScope,
  type Readable,
  drawCondition,
  drawNumber,
  drawOptional,
  drawText,
  drawValue,
} from './draw-expression.ts';
import { drawForEach, drawParallel } from './draw-beside.ts';
import { type Ground, newName, reading } from './drawing.ts';
import { DECLARED, RESULT_SHAPE, drawOutcomes, drawnTask } from './drawn-tasks.ts';
import type { OpenFlow } from './drawn-flow.ts';
import { drawChoose, drawMatch, drawTry } from './draw-ways.ts';
import type { Field, Shape } from './shape.ts';

/** Adds a step to a flow, and to the ground what it makes known. */
export function drawStep(flow: OpenFlow, ground: Ground): OpenFlow {
  const { choices } = ground;
  const kinds = ground.depth > 0 ? [...SIMPLE, ...NESTED] : SIMPLE;
  if (ground.in === 'workflow' && !ground.passed && choices.once(8)) {
    ground.passed = true;
    return flow.pointOfNoReturn({ failures: choices.pick(['stayForRedrive', 'endInWords'] as const) });
  }
  return choices.pick(kinds)(flow, ground);
}

/** A step that can fail. */
export const drawFallible = (flow: OpenFlow, ground: Ground): OpenFlow =>
  ground.choices.pick([
    drawRun,
    drawRun,
    drawPoll,
    drawRepeat,
    ...(ground.depth > 0 ? [drawForEach, drawParallel] : []),
  ])(flow, ground);

type Draw = (flow: OpenFlow, ground: Ground) => OpenFlow;

const drawWait: Draw = (flow, ground) => flow.waitFor(newName(ground), '30 seconds');

/** The call of a task that nothing else calls, with arguments from what is known. */
export function drawCall(
  ground: Ground,
): (scope: OpenScope, ...more: readonly unknown[]) => ReturnType<ReturnType<typeof drawnTask>> {
  const { whole, choices, ids, steady } = ground;
  const name = `T${whole.plan.size + 1}`;
  whole.plan.set(name, drawOutcomes(choices, { steady, trouble: whole.trouble }));
  const call = drawnTask(name);
  return (scope, ...more) => {
    const readable = reading(ground, scope);
    const optional = choices.once(25) ? drawOptional(readable) : undefined;
    return call({
      ids: ids.map((path) =>
        path.reduce<Open>((value, part) => value[part] as Open, scope as unknown as Open),
      ),
      v: choices.once(2) ? drawValue(readable)[0] : drawNumber(readable),
      ...(optional ? { optional } : {}),
      ...(more.length > 0 ? { cursor: more[0] } : {}),
    });
  };
}

/** A recovery's options and what the step's result then is. */
function drawRecovery(ground: Ground, errors: readonly string[]): { options: object; field: Field } {
  const { choices } = ground;
  if (!choices.once(3)) return { options: {}, field: { shape: RESULT_SHAPE, optional: false } };
  const like = choices.once(2);
  const recover = {
    errors: choices.once(4) ? ['States.ALL'] : [choices.pick(errors)],
    value: (scope: OpenScope, error: Open) => {
      const readable = reading(ground, scope);
      const words = choices.once(2) ? inWords(error as never) : concat('was ', error.Error as never);
      return like
        ? { n: drawNumber(readable), s: words, done: drawCondition(readable) }
        : drawValue(readable)[0];
    },
  };
  return { options: { recover }, field: { shape: like ? RECOVERED : { kind: 'anything' }, optional: false } };
}

const RECOVERED: Shape =
  RESULT_SHAPE.kind === 'object'
    ? {
        kind: 'object',
        fields: Object.fromEntries(
          Object.entries(RESULT_SHAPE.fields).filter(([, { optional }]) => !optional),
        ),
      }
    : RESULT_SHAPE;

function drawRetry({ choices }: Ground, errors: readonly string[]): object {
  if (choices.once(3)) return {};
  if (choices.once(2)) return { retry: [{ errors: [choices.pick(errors)], maxAttempts: choices.below(3) }] };
  return { retry: 'none' };
}

const drawRun: Draw = (flow, ground) => {
  const name = newName(ground);
  const { options, field } = drawRecovery(ground, DECLARED);
  const undoable = ground.in === 'workflow' && !ground.passed && ground.choices.once(2);
  const undo = undoable ? { undo: drawCall(ground) } : {};
  const next = flow.run(name, drawCall(ground), { ...drawRetry(ground, DECLARED), ...options, ...undo });
  ground.known.set(name, field);
  return next;
};

const drawPoll: Draw = (flow, ground) => {
  const name = newName(ground);
  const { choices } = ground;
  const { options, field } = drawRecovery(ground, [...DECLARED, 'GaveUp', 'PollFailed']);
  const after = new Map([...ground.known, [name, { shape: RESULT_SHAPE, optional: false }]]);
  const read = (scope: OpenScope): Readable => reading({ ...ground, known: after }, scope);
  const done = (scope: OpenScope) => (scope[name] as Open).done as Open;
  const next = flow.pollUntil(name, drawCall(ground), {
    ...options,
    retry: 'none',
    until: (scope: OpenScope) => (choices.once(3) ? drawCondition(read(scope)) : done(scope)),
    ...(choices.once(3) ? { failWhen: (scope: OpenScope) => drawCondition(read(scope)) } : {}),
    ...(choices.once(3) ? { saying: (scope: OpenScope) => drawText(read(scope)) } : {}),
    every: '10 minutes',
    giveUpAfter: choices.pick(['25 minutes', '10 minutes', '30 minutes']),
  });
  ground.known.set(name, field);
  return next;
};

const drawRepeat: Draw = (flow, ground) => {
  const name = newName(ground);
  const { choices } = ground;
  const { options, field } = drawRecovery(ground, [...DECLARED, 'GaveUp']);
  const after = new Map([...ground.known, [name, { shape: RESULT_SHAPE, optional: false }]]);
  const read = (scope: OpenScope): Readable => reading({ ...ground, known: after }, scope);
  const own = (scope: OpenScope, part: string) => (scope[name] as Open)[part] as Open;
  const byNext = choices.once(2);
  const withCursor = choices.once(2);
  const call = drawCall(ground);
  const next = flow.repeatUntil(name, withCursor ? call : (scope) => call(scope), {
    ...options,
    ...drawRetry(ground, DECLARED),
    until: (scope: OpenScope) =>
      byNext || !choices.once(3) ? own(scope, 'done') : drawCondition(read(scope)),
    ...(withCursor
      ? {
          cursor: {
            schema: undefined,
            first: choices.pick([0, null]),
            next: (scope: OpenScope) => (byNext ? own(scope, 'next') : drawValue(read(scope))[0]),
          },
        }
      : {}),
    ...(choices.once(3) ? { saying: (scope: OpenScope) => drawText(read(scope)) } : {}),
    ...(choices.once(3) ? { pause: '1 minute' } : {}),
    atMost: 1 + choices.below(3),
  });
  ground.known.set(name, field);
  return next;
};

const SIMPLE: readonly Draw[] = [drawRun, drawRun, drawRun, drawPoll, drawRepeat, drawWait];
const NESTED: readonly Draw[] = [
  drawChoose,
  drawTry,
  drawForEach,
  drawParallel,
  drawMatch,
  drawTry,
  drawForEach,
];
