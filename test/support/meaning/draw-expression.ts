import { equals } from '../../../src/dsl/expression/comparison.ts';
import type { Expression } from '../../../src/dsl/expression/expression.ts';
import { and, exists, not, or, orElse } from '../../../src/dsl/expression/logic.ts';
import { add } from '../../../src/dsl/expression/number.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import type { Choices } from './choices.ts';
import { type Field, type Reachable, type Shape, reachable } from './shape.ts';

/** A reference as an author has it whose types allow anything. */
export type Open = Expression<never> & { readonly [field: string]: Open };
export type OpenScope = { readonly [name: string]: Open };

/** What can be read at a place: what is known there, and the references that its callback was given. */
export interface Readable {
  readonly choices: Choices;
  readonly known: ReadonlyMap<string, Field>;
  readonly scope: OpenScope;
}

const all = ({ known }: Readable): readonly Reachable[] =>
  [...known].flatMap(([name, field]) => reachable([name], field));

export const referred = ({ scope }: Readable, { path }: Reachable): Open =>
  path.reduce<Open>((value, part) => value[part] as Open, scope as unknown as Open);

function reference(readable: Readable, allowed: (one: Reachable) => boolean): [Open, Reachable] | undefined {
  const found = all(readable).filter(allowed);
  if (found.length === 0) return undefined;
  // What may be missing is read more often than it is there.
  const unsure = found.filter(({ optional }) => optional);
  const one = readable.choices.pick(unsure.length > 0 && readable.choices.once(3) ? unsure : found);
  return [referred(readable, one), one];
}

export function drawNumber(readable: Readable): Expression<number> | number {
  const { choices } = readable;
  const way = choices.below(6);
  if (way === 0) return choices.below(3);
  if (way === 1) return add(drawNumber(readable), drawNumber(readable));
  const found = reference(readable, ({ shape }) => shape.kind === 'number');
  if (found === undefined) return choices.below(3);
  return found[1].optional ? orElse(found[0], choices.below(3) as never) : found[0];
}

export function drawText(readable: Readable): Expression<string> | string {
  const { choices } = readable;
  const way = choices.below(4);
  if (way === 0) return choices.pick(['a', 'b', 'c']);
  if (way === 1) return concat(drawText(readable), drawNumber(readable), drawText(readable));
  const found = reference(readable, ({ shape }) => shape.kind === 'text');
  if (found === undefined) return 'x';
  return found[1].optional ? orElse(found[0], 'none' as never) : found[0];
}

export function drawCondition(readable: Readable): Expression<boolean> {
  const { choices } = readable;
  switch (choices.below(6)) {
    case 1: {
      const found = reference(readable, ({ optional }) => optional);
      return found ? exists(found[0]) : drawCondition(readable);
    }
    case 2: {
      // A field without a value, which equals nothing; a name without one is asked for by exists alone.
      const found = reference(
        readable,
        ({ shape, optional, path }) =>
          shape.kind === 'number' &&
          optional &&
          path.length > 1 &&
          !readable.known.get(path[0] ?? '')?.optional,
      );
      return found ? equals(found[0], choices.below(3) as never) : drawCondition(readable);
    }
    case 3:
      return not(drawCondition(readable));
    case 4:
      return choices.once(2)
        ? and(drawCondition(readable), drawCondition(readable))
        : or(drawCondition(readable), drawCondition(readable));
    case 5: {
      const found = reference(readable, ({ shape, optional }) => shape.kind === 'boolean' && !optional);
      return found ? found[0] : drawCondition(readable);
    }
    default:
      return choices.once(2)
        ? equals(add(drawNumber(readable) as never, 0), drawNumber(readable) as never)
        : equals(concat(drawText(readable)), drawText(readable) as never);
  }
}

/** A value that is there, and what is known of it. */
export function drawValue(readable: Readable, depth = 2): readonly [value: unknown, shape: Shape] {
  const { choices } = readable;
  switch (choices.below(depth === 0 ? 3 : 6)) {
    case 1:
      return [drawText(readable), { kind: 'text' }];
    case 2: {
      const found = reference(readable, () => true);
      if (found === undefined) return [1, { kind: 'number' }];
      const [value, { shape, optional }] = found;
      return optional ? [orElse(value, 'none' as never), { kind: 'anything' }] : [value, shape];
    }
    case 3:
    case 4: {
      const fields = ['x', 'y']
        .slice(0, 1 + choices.below(2))
        .map((name) => [name, drawValue(readable, depth - 1)] as const);
      return [
        Object.fromEntries(fields.map(([name, [value]]) => [name, value])),
        {
          kind: 'object',
          fields: Object.fromEntries(fields.map(([name, [, shape]]) => [name, { shape, optional: false }])),
        },
      ];
    }
    case 5: {
      const items = Array.from({ length: choices.below(3) }, () => drawValue(readable, depth - 1)[0]);
      return [items, { kind: 'list', of: { kind: 'anything' } }];
    }
    default:
      return [drawNumber(readable), { kind: 'number' }];
  }
}

/** A list that is known, and how to refer to it. */
export function drawList({ choices, known }: Pick<Readable, 'choices' | 'known'>): Reachable {
  const found = [...known]
    .flatMap(([name, field]) => reachable([name], field))
    .filter(({ shape, optional }) => shape.kind === 'list' && !optional);
  return choices.pick(found);
}

/** A number that may be missing, for an argument that may be left out. */
export const drawOptional = (readable: Readable): Open | undefined =>
  reference(
    readable,
    ({ shape, optional, path }) =>
      shape.kind === 'number' && optional && path.length > 1 && !readable.known.get(path[0] ?? '')?.optional,
  )?.[0];
