import { concat } from '../../../src/dsl/expression/text.ts';
import { AVOIDS } from './known-limits.ts';
import { type BodyWish, type DrawnBody, drawBody } from './draw-body.ts';
import { type Open, drawCondition, drawText } from './draw-expression.ts';
import { type Ground, knowing, newName, reading, within } from './drawing.ts';
import type { OpenBody, OpenFlow } from './drawn-flow.ts';
import { DECLARED } from './drawn-tasks.ts';
import type { Field } from './shape.ts';

/** What is known of a step when one of its ways was taken. */
function outcomeOf(ways: readonly DrawnBody[]): Field | undefined {
  const going = ways.filter(({ goesOn }) => goesOn);
  const given = going.flatMap(({ gives }) => (gives ? [gives] : []));
  const [first] = given;
  if (first === undefined) return undefined;
  const same = given.every(({ shape }) => JSON.stringify(shape) === JSON.stringify(first.shape));
  return { shape: same ? first.shape : { kind: 'anything' }, optional: given.length < going.length };
}

function learn(ground: Ground, name: string, ways: readonly DrawnBody[]): void {
  const outcome = outcomeOf(ways);
  if (outcome) ground.known.set(name, outcome);
}

export function drawChoose(flow: OpenFlow, ground: Ground): OpenFlow {
  const { choices } = ground;
  const name = newName(ground);
  const drawn: DrawnBody[] = [];
  const keep = (one: DrawnBody): OpenBody => {
    drawn.push(one);
    return one.body;
  };
  const next = flow.choose(name, (ways) => {
    let now = ways;
    const cases = 1 + choices.below(2);
    for (let index = 0; index < cases; index += 1)
      now = now.when(
        `w${index}`,
        (scope) => drawCondition(reading(ground, scope)),
        (way) => keep(drawBody(way, within(ground))),
      );
    if (choices.once(2)) {
      drawn.push({ body: flow, gives: undefined, goesOn: true });
      return now;
    }
    const goesOn = AVOIDS.nothingGoesOn && !drawn.some((one) => one.goesOn);
    return now.otherwise((way) => keep(drawBody(way, within(ground), { goesOn })));
  });
  learn(ground, name, drawn);
  return next;
}

export function drawMatch(flow: OpenFlow, ground: Ground): OpenFlow {
  // Its way for an unknown value ends the workflow, which a finally may not.
  if (ground.isLast) return drawChoose(flow, ground);
  const { choices } = ground;
  const name = newName(ground);
  const drawn: DrawnBody[] = [];
  const keys = ['a', 'b', 'x'].slice(0, 1 + choices.below(3));
  const ways = Object.fromEntries(
    keys.map((key, index) => [
      key,
      (way: OpenFlow): OpenBody => {
        const last = index === keys.length - 1 && !drawn.some(({ goesOn }) => goesOn);
        const one = drawBody(way, within(ground), { goesOn: AVOIDS.nothingGoesOn && last });
        drawn.push(one);
        return one.body;
      },
    ]),
  );
  const next = flow.match(name, (scope) => concat(drawText(reading(ground, scope)) as never) as never, ways);
  learn(ground, name, drawn);
  return next;
}

export function drawTry(flow: OpenFlow, ground: Ground): OpenFlow {
  const { choices } = ground;
  const name = newName(ground);
  const last = choices.once(2);
  const around: Ground = { ...ground, hasLast: ground.hasLast || last };
  const drawn: DrawnBody[] = [];
  const part =
    (wish: () => BodyWish) =>
    (way: OpenFlow, error?: Open): OpenBody => {
      const inner = within(around);
      const one = drawBody(way, error ? knowing(inner, `e_${name}`, error) : inner, wish());
      drawn.push(one);
      return one.body;
    };
  const mustGoOn = (): BodyWish => ({
    goesOn: AVOIDS.nothingGoesOn && !drawn.some(({ goesOn }) => goesOn),
  });
  const clauses = [...DECLARED, 'ThrottlingException', 'GaveUp'].filter(
    (_error, index) => index < 2 && choices.once(3),
  );
  const otherwise = choices.once(3);
  const body = part(() => ({ canFail: true, goesOn: false }));
  const parts = {
    // The parts are drawn in the order that the try asks for them: clauses, body, otherwise, finally.
    ...(clauses.length > 0
      ? { catch: Object.fromEntries(clauses.map((error) => [error, part(() => ({}))])) }
      : {}),
    do: otherwise ? body : part(() => ({ canFail: true, ...mustGoOn() })),
    ...(otherwise ? { otherwise: part(mustGoOn) } : {}),
    ...(last || (clauses.length === 0 && !otherwise)
      ? {
          finally: (way: OpenFlow): OpenBody => drawLast(way, within(around, { isLast: true })),
        }
      : {}),
  };
  const next = flow.try(name, parts);
  learn(ground, name, drawn);
  return next;
}

/** A body that gives nothing and goes on. */
function drawLast(flow: OpenFlow, ground: Ground): OpenBody {
  const { body, gives } = drawBody(flow, ground, { goesOn: true });
  return gives === undefined ? body : flow;
}
