import { DefinitionError } from '../../ast/definition-error.ts';
import type { ExpressionNode } from '../../ast/expression-node.ts';
import { literal, operation } from '../../ast/node.ts';
import type { ChooseNode, FlowNode, StepNode } from '../../ast/step-node.ts';
import { type Expression, type Ref, nodeOf } from '../../expression/expression.ts';
import { flowOf } from '../body.ts';
import { calledWith, conditionOf } from '../checked.ts';
import type { Body, Outcome } from '../flow-end.ts';
import type { Flow } from '../flow.ts';
import { shown } from '../shown.ts';
import type { StepGround } from '../standing.ts';

declare const chosen: unique symbol;

export interface Chosen<out Result> {
  readonly cases: ChooseNode['cases'];
  readonly otherwiseFlow: FlowNode;
  readonly [chosen]: Result;
}

/** The ways of a `choose` so far; without an `otherwise` the flow just goes on when no condition holds. */
export class Ways<Scope, End, Result> implements Chosen<Result | undefined> {
  readonly cases: ChooseNode['cases'];
  readonly otherwiseFlow: FlowNode = { steps: [], returns: undefined };
  declare readonly [chosen]: Result | undefined;
  readonly #ground: StepGround;

  constructor(ground: StepGround, cases: ChooseNode['cases']) {
    this.#ground = ground;
    this.cases = cases;
  }

  /** A way and its condition; `label` names its states. */
  when<B extends Body<unknown>>(
    label: string,
    condition: (scope: Scope) => Expression<boolean>,
    body: (branch: Flow<Scope, End>) => B,
  ): Ways<Scope, End, Result | Outcome<B>> {
    const { place, way } = this.#ground;
    if (typeof label !== 'string' || label === '')
      throw new DefinitionError(
        `${place}: a way begins with its label, got ${shown(label)}; write when('full', ({ input }) => …, (way) => …)`,
      );
    const flow = flowOf(body, way(label), { what: 'the way' });
    const when = conditionOf(condition, { ...this.#ground, place: `${place} › ${label}` }, 'the condition');
    return new Ways(this.#ground, [...this.cases, { label, when, flow }]);
  }

  /** The way taken when no condition holds. */
  otherwise<B extends Body<unknown>>(body: (branch: Flow<Scope, End>) => B): Chosen<Result | Outcome<B>> {
    const otherwiseFlow = flowOf(body, this.#ground.way('otherwise'), { what: 'the way' });
    return { cases: this.cases, otherwiseFlow } as Chosen<Result | Outcome<B>>;
  }
}

export function chooseNode(ground: StepGround, ways: unknown): StepNode {
  const { place, name } = ground;
  if (typeof ways !== 'function')
    throw new DefinitionError(
      `${place}: the ways must be a function that adds them, got ${shown(ways)}; ` +
        `write (ways) => ways.when('full', ({ input }) => …, (way) => …)`,
    );
  const given: unknown = (ways as (choose: unknown) => unknown)(new Ways(ground, []));
  if (typeof given !== 'object' || given === null || !('cases' in given))
    throw new DefinitionError(
      `${place}: the function must give back the ways that it made, got ${shown(given)}; ` +
        `write (ways) => ways.when(…), without braces or with return`,
    );
  const { cases, otherwiseFlow: otherwise } = given as Chosen<unknown>;
  if (cases.length === 0)
    throw new DefinitionError(`${place}: a choice needs a condition; add when(), or leave it out`);
  return { kind: 'choose', name, cases, otherwise };
}

declare const matched: unique symbol;

/** The value whose kind an expression is. */
const unions = new WeakMap<object, unknown>();

/** The kind of a value of a discriminated union, which `match` tells the ways apart by. */
export interface KindOf<out Union, out By extends string, out Key extends string> extends Expression<Key> {
  readonly [matched]?: { readonly union: Union; readonly by: By };
}

/**
 * The field that tells the alternatives of a discriminated union apart, for `match`; a text of a closed set
 * needs no `kindOf`.
 * @throws DefinitionError unless the value is a reference.
 *
 * @example
 * ```ts
 * const Payment = z.discriminatedUnion('by', [
 *   z.object({ by: z.literal('card'), card: z.string() }),
 *   z.object({ by: z.literal('bill'), days: z.number() }),
 * ]);
 * workflow('Pay', { input: z.object({ payment: Payment }), output: z.string(), timeout: '1 hour' })
 *   .match('told', ({ input }) => kindOf(input.payment, 'by'), {
 *     card: (way, payment) => way.returns(() => payment.card),
 *     bill: (way, payment) => way.returns(() => concat('within ', payment.days, ' days')),
 *   })
 *   .returns(({ told }) => told);
 * ```
 * ```json
 * {
 *   "Told": {
 *     "Type": "Choice",
 *     "Choices": [
 *       { "Condition": "{% $input.payment.by = \"card\" %}", "Next": "Told.Card.Return" },
 *       { "Condition": "{% $input.payment.by = \"bill\" %}", "Next": "Told.Bill.Return" }
 *     ],
 *     "Default": "Told.Otherwise.Unknown"
 *   }
 * }
 * ```
 */
export const kindOf = <Union extends { readonly [K in By]: string }, const By extends string>(
  value: Ref<Union>,
  by: By,
): KindOf<Union, By, Union[By] & string> => {
  const node = nodeOf(value);
  if (node?.kind !== 'reference')
    throw new DefinitionError(`kindOf('${by}') needs a reference to a value; name the step or field it is`);
  const kind = (value as unknown as { readonly [K in By]: object })[by];
  unions.set(kind, value);
  return kind as unknown as KindOf<Union, By, Union[By] & string>;
};

/** The value that a way of `match` knows: of a union, the alternative that has this kind. */
export type Matched<On, Key> = On extends {
  readonly [matched]?: { readonly union: infer Union; readonly by: infer By extends string };
}
  ? unknown extends Union
    ? Ref<Told<Key, On>>
    : Ref<Extract<Union, { readonly [K in By]: Key }>>
  : Ref<Told<Key, On>>;

/** The value that a way is named like. */
type Told<Key, On> = On extends Expression<boolean> ? (Key extends 'true' ? true : false) : Key;

export type KeyOf<On> =
  On extends Expression<infer Key extends string>
    ? Key
    : On extends Expression<infer Truth extends boolean>
      ? `${Truth}`
      : never;

/** One way for each value that may come; a missing one does not compile. */
export type MatchWays<Scope, End, On> = {
  readonly [Key in KeyOf<On>]: (way: Flow<Scope, End>, value: Matched<On, Key>) => Body<unknown>;
};

/** Refuses a way for what the value never is. */
export type NoOtherWays<W, On> = {
  readonly [Key in Exclude<keyof W, KeyOf<On>>]: { readonly error: 'the value is never this' };
};

export function matchNode(ground: StepGround, told: unknown, ways: object): StepNode {
  const { place } = ground;
  const on = calledWith(told, ground, 'the value');
  const key = nodeOf(on);
  if (key === undefined)
    throw new DefinitionError(
      `${place}: match needs a value that is known when the machine runs, got ${shown(on)}; ` +
        `write ({ input }) => input.status`,
    );
  if (typeof ways !== 'object' || ways === null || Object.keys(ways).length === 0)
    throw new DefinitionError(`${place}: match has no way to go; give one for each value`);
  const labels = labelsOf(Object.keys(ways));
  const cases = Object.entries(ways).map(([given, body], index) => {
    const label = labels[index] ?? given;
    const flow = flowOf(body, ground.way(label), { what: 'the way', also: unions.get(on as object) ?? on });
    return { label, when: named(key, given), flow };
  });
  return { kind: 'choose', name: ground.name, cases, otherwise: unknownKey(ground, Object.keys(ways)) };
}

/** Whether the value is what a way is named like, also where that is true or false. */
/** Values as labels of states, whose names begin with a capital: `x` and `X` are told apart by a number. */
function labelsOf(values: readonly string[]): readonly string[] {
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const taken = new Set(['Otherwise']);
  return values.map((value) => {
    let label = value;
    for (let number = 2; taken.has(capital(label)); number += 1) label = `${value}${number}`;
    taken.add(capital(label));
    return label;
  });
}

const named = (key: ExpressionNode, label: string): ExpressionNode =>
  label === 'true' || label === 'false'
    ? operation('in', key, literal([label === 'true', label]))
    : operation('=', key, literal(label));

/** Data may hold what no type knew of: it fails by name instead of taking some way. */
const unknownKey = (ground: StepGround, known: readonly string[]): FlowNode => ({
  steps: [
    {
      kind: 'fail',
      name: 'unknown',
      error: 'UnknownCase',
      cause: literal(`${ground.place}: the value is none of ${known.join(', ')}`),
    },
  ],
  returns: undefined,
});
