import type { Ref, Value } from '../expression/expression.ts';
import type { Mistake } from '../expression/mistake.ts';
import type { Outcome } from './flow-end.ts';
import type { Field, Settled, Written } from './settled.ts';

/** A name that is not taken yet; else the sentence that the editor shows. */
export type NewName<Name extends string, Scope> = Name extends keyof Scope
  ? { readonly error: `a step or value named '${Name}' is there already` }
  : Name;

/**
 * A value that is known by its name: `Scope & Named<Name, T>['known']` is what is known so far, and it. A field of an
 * interface and not an alias, whose arguments the checker would carry on through every later step. So that later steps
 * cost no more than the first, `T` is settled (`Settled`) or has a name of its own.
 */
export interface Named<Name extends string, T> {
  readonly known: { readonly [K in Name]: Ref<T> };
}

/** The result of a call, or what a step that recovers from its errors gives instead. */
export type CallResult<Out, Recovered> = Recoverable<Settled<Out>, Settled<Value<Recovered>>>;

/**
 * The result of a call, as its undo knows it: there is none when the call itself failed. What a recovery gives instead
 * is not known yet where an undo may be written before it.
 */
export interface NamedUndone<Name extends string, Out, Caught> {
  readonly known: {
    readonly [K in Name]: [Caught] extends [never]
      ? Ref<Out | undefined>
      : Mistake<'the result may be the recovered one: the undo of a step that recovers goes by what was known before it'>;
  };
}

/** What the branches of a parallel step give, each under its label. */
export interface BranchResults<Branches extends { readonly [label: string]: Branch }> {
  readonly all: Written<
    { [K in keyof Branches]: Field<K, Outcome<ReturnType<Branches[K]>>> }[keyof Branches]
  >['out'];
}

type Branch = (branch: never) => unknown;

/**
 * What a caught error looks like. `Cause` is empty when the failure gave none. Name it where a function
 * makes a value of it.
 *
 * @example
 * const unpaid = (error: Ref<ErrorOutput>) => ({ receipt: concat('none: ', error.Error) });
 * flow
 *   .run('paid', ({ input }) => charge({ order: input.id, cents: 9999 }), {
 *     recover: { errors: ['States.ALL'], value: (_scope, error) => unpaid(error) },
 *   })
 *   .returns(({ paid }) => paid.receipt); // → "none: CardDeclined"
 */
export interface ErrorOutput<out Name extends string = string> {
  readonly Error: Name;
  readonly Cause: string;
}

/** `States.ALL` and `States.TaskFailed` stand for many names. */
export type CaughtName<Listed extends string> = Listed extends 'States.ALL' | 'States.TaskFailed'
  ? string
  : Listed;

/** A result, or what stands for it after an error: a field that only one of them has may be missing. */
export type Recoverable<Out, Recovered> = [Recovered] extends [never]
  ? Out
  : [Out, Recovered, Extract<Out | Recovered, readonly unknown[]>] extends [object, object, never]
    ? { readonly [K in (keyof Out | keyof Recovered) & string]: FieldOf<Out, K> | FieldOf<Recovered, K> }
    : Out | Recovered;

type FieldOf<T, K extends PropertyKey> = K extends keyof T ? T[K] : undefined;
