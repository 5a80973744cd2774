import type { CallNode } from '../ast/step-node.ts';
import type { Mistake } from '../expression/mistake.ts';

declare const result: unique symbol;
declare const started: unique symbol;

/** Errors that Step Functions itself gives a Task state. Source: States Language, "Errors". */
export type TaskError =
  'States.ALL' | 'States.TaskFailed' | 'States.Timeout' | 'States.HeartbeatTimeout' | 'States.Permissions';

/**
 * One call a step makes (a task, a child workflow, an AWS SDK action, another integration), the type of its
 * result, and the names of the errors that a retry or a recovery may match. Name it where a function makes a
 * call for several steps.
 *
 * @example
 * const twice = (order: Expression<string>): Call<{ receipt: string }> => charge({ order, cents: 2 });
 * flow.run('paid', ({ input }) => twice(input.id)).returns(({ paid }) => paid.receipt); // → "receipt for o-7"
 */
export interface Call<out T, out E extends string = string> {
  readonly node: CallNode;
  readonly [result]?: { readonly value: T; readonly errors: E };
}

/** A call that can also be started without waiting for its end, and what starting it gives. */
export interface StartableCall<out T, out E extends string, out Started> extends Call<T, E> {
  readonly [started]: Started;
}

/** The errors that a call can fail with. */
export type ErrorOf<C> = C extends Call<unknown, infer E> ? E : never;

/** What starting a call gives. */
export type WhatStarted<C> = C extends { readonly [started]: infer Started } ? Started : never;

/** Beside a call that is started: nothing more, or a sentence for one that can only be waited for. */
export type Startable<C> =
  C extends StartableCall<unknown, string, unknown>
    ? unknown
    : Mistake<'only a task or a workflow can be started without waiting for its end: use run()'>;
