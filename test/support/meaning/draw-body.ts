import { AVOIDS } from './known-limits.ts';
import { type OpenScope, drawOptional, drawText, drawValue } from './draw-expression.ts';
import { type Ground, newName, reading } from './drawing.ts';
import type { OpenBody, OpenFlow } from './drawn-flow.ts';
import type { Field, Shape } from './shape.ts';

const NUMBER: Shape = { kind: 'number' };

/** The body of a step within another. */
export interface DrawnBody {
  readonly body: OpenBody;
  /** What it gives back; undefined when it gives nothing. */
  readonly gives: Field | undefined;
  /** Whether the flow around goes on behind it. */
  readonly goesOn: boolean;
}

/** How a body must be. */
export interface BodyWish {
  /** Whether something in it has to be able to fail. */
  readonly canFail?: boolean;
  /** Whether it must not end the whole workflow. */
  readonly goesOn?: boolean;
}

export function drawBody(flow: OpenFlow, ground: Ground, wish: BodyWish = {}): DrawnBody {
  const { choices, whole } = ground;
  const least = wish.canFail ? 1 : 0;
  const steps = least + choices.below(3);
  const before = new Set(ground.known.keys());
  let now = flow;
  for (let step = 0; step < steps; step += 1)
    now = wish.canFail && step === 0 ? whole.drawFallible(now, ground) : whole.draw(now, ground);
  const drawn = ended(now, ground, wish);
  if (!AVOIDS.staleValue)
    for (const name of ground.known.keys()) if (!before.has(name)) ground.freed.add(name);
  return drawn;
}

function ended(flow: OpenFlow, ground: Ground, wish: BodyWish): DrawnBody {
  const { choices } = ground;
  const read = (scope: OpenScope) => reading(ground, scope);
  const mustGoOn = wish.goesOn || ground.isLast;
  if (!mustGoOn && choices.once(9)) {
    const error = choices.pick(['Broken', 'TooLarge']);
    const body = flow.fail(newName(ground), error, (scope) => drawText(read(scope)));
    return { body, gives: undefined, goesOn: false };
  }
  const mayEnd = ground.in === 'way' && !(ground.hasLast && AVOIDS.succeedPastFinally);
  if (!mustGoOn && mayEnd && choices.once(9)) {
    const body = flow.succeed(newName(ground), (scope) => ({ value: drawValue(read(scope))[0] }));
    return { body, gives: undefined, goesOn: false };
  }
  if (choices.once(3)) return { body: flow, gives: undefined, goesOn: true };
  let gives: Field | undefined;
  const body = flow.returns((scope) => {
    const missing = AVOIDS.missingResult || !choices.once(6) ? undefined : drawOptional(read(scope));
    const [value, shape] = missing ? [missing, NUMBER] : drawValue(read(scope));
    gives = { shape, optional: false };
    return value;
  });
  return { body, gives, goesOn: true };
}
