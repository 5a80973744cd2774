import { DefinitionError } from '../ast/definition-error.ts';
import type { FlowNode } from '../ast/step-node.ts';
import { nodeOf } from '../expression/expression.ts';
import { refuseAsync } from './checked.ts';
import { shown } from './shown.ts';

/** What several flows grow from. */
export interface Stem {
  readonly place: string;
}

const stems = new WeakMap<object, Stem>();

/** A flow, or its end, that is known to grow from a stem. */
export function grownFrom<T extends object>(stem: Stem, flow: T): T {
  stems.set(flow, stem);
  return flow;
}

/**
 * What a body makes of the flow that it gets, and of a value beside it.
 * @throws DefinitionError unless it gives back what grows from that very flow.
 */
export function flowOf(
  body: unknown,
  start: object,
  more: { readonly what: string; readonly also?: unknown },
) {
  const stem = stems.get(start);
  const subject = `${stem?.place}: ${more.what}`;
  if (typeof body !== 'function' || nodeOf(body) !== undefined)
    throw new DefinitionError(
      `${subject} must be a function that adds steps to the flow that it gets, got ${shown(body)}; ` +
        `write for example (flow) => flow.run(…)`,
    );
  const given: unknown = (body as (start: object, also: unknown) => unknown)(start, more.also);
  if (given instanceof Promise) refuseAsync(given, subject);
  if (typeof given === 'object' && given !== null && stems.has(given)) {
    if (stems.get(given) === stem) return (given as { readonly node: FlowNode }).node;
    throw new DefinitionError(
      `${subject} must give back what grows from the flow that it gets, got one that began at ` +
        `'${stems.get(given)?.place}'; add the steps to its own parameter`,
    );
  }
  throw new DefinitionError(
    `${subject} must give back the flow that it made, got ${shown(given)}; ` +
      `write for example (flow) => flow.run(…), without braces or with return`,
  );
}
