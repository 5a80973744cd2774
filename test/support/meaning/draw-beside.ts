import { drawBody } from './draw-body.ts';
import { type OpenScope, drawList, referred } from './draw-expression.ts';
import { AVOIDS } from './known-limits.ts';
import { type Ground, freshName, newName, reading, within } from './drawing.ts';
import type { OpenBody, OpenFlow } from './drawn-flow.ts';
import { DECLARED } from './drawn-tasks.ts';
import type { Field, Shape } from './shape.ts';

/** The ground of a branch: what it sets is its own. */
const branch = (ground: Ground, change: Partial<Ground> = {}): Ground =>
  within(ground, { in: 'branch', freed: new Set(), isLast: false, ...change });

export function drawParallel(flow: OpenFlow, ground: Ground): OpenFlow {
  const { choices } = ground;
  const name = newName(ground);
  const retry = drawRetry(ground, DECLARED);
  const retried = ground.retried || 'retry' in retry;
  const fields: { [label: string]: Field } = {};
  const labels = ['left', 'right', 'third'].slice(0, 1 + choices.below(3));
  const bodies = labels.map((label, index) => [
    label,
    (inner: OpenFlow): OpenBody => {
      // How far the others have come when the first fails must not change what the next round does.
      const steady = ground.steady || ground.retried || (retried && index > 0);
      const { body, gives } = drawBody(inner, branch(ground, { steady, retried }));
      if (gives) fields[label] = gives;
      return body;
    },
  ]);
  const next = flow.parallel(name, Object.fromEntries(bodies), retry);
  ground.known.set(name, { shape: { kind: 'object', fields }, optional: false });
  return next;
}

export function drawForEach(flow: OpenFlow, ground: Ground): OpenFlow {
  const { choices } = ground;
  const name = newName(ground);
  const as = freshName(ground.whole);
  const list = drawList(ground);
  const item: Shape = list.shape.kind === 'list' ? list.shape.of : { kind: 'anything' };
  const distributed = choices.once(2);
  const retry = drawRetry(ground, distributed ? ['States.ExceedToleratedFailureThreshold'] : DECLARED);
  const retried = ground.retried || 'retry' in retry;
  // Two elements of a list that was made may be the same; those of the input are not.
  const atOnce = 'retry' in retry || !isDistinct(list.path) ? 1 : 1 + choices.below(3);
  const batch = distributed && choices.once(3) ? { items: 1 + choices.below(2) } : undefined;
  const tolerate = distributed && choices.once(3) ? choices.pick(TOLERANCES) : undefined;
  const shape: Shape = batch ? { kind: 'list', of: item } : item;
  const id = shape.kind === 'object' && 'id' in shape.fields ? [as, 'id'] : [as];
  let result: Field | undefined;
  const options = {
    ...retry,
    of: (scope: OpenScope) => referred(reading(ground, scope), list),
    as,
    atOnce,
    ...(batch ? { batch } : {}),
    ...(tolerate ? { tolerate } : {}),
    do: (inner: OpenFlow): OpenBody => {
      const steady = ground.steady || (retried && atOnce > 1);
      const each = branch(ground, { ids: [...ground.ids, id], steady, retried });
      if (distributed && AVOIDS.captureOfUnset) forgetOptional(each);
      each.known.set(as, { shape, optional: false });
      const drawn = drawBody(inner, each);
      result = drawn.gives;
      return drawn.body;
    },
  };
  const next = distributed ? flow.forEachDistributed(name, options) : flow.forEach(name, options);
  const of: Shape = result === undefined || tolerate ? { kind: 'anything' } : result.shape;
  ground.known.set(name, { shape: { kind: 'list', of }, optional: false });
  return next;
}

const TOLERANCES = [{ failures: 1 }, { failures: 2 }, { percentage: 50 }, { percentage: 34 }];

/** Lists of the input have no element twice. */
const isDistinct = (path: readonly string[]): boolean => path[0] === 'input' || path.at(-1) === 'sub';

function forgetOptional({ known }: Ground): void {
  for (const [name, { optional }] of known) if (optional) known.delete(name);
}

const drawRetry = ({ choices }: Ground, errors: readonly string[]): object =>
  choices.once(4) ? { retry: [{ errors: [choices.pick(errors)], maxAttempts: 1 + choices.below(2) }] } : {};
