import type { z } from 'zod';
import type { FlowNode } from '../ast/step-node.ts';
import type { Value } from '../expression/expression.ts';
import type { Present, Whole } from '../expression/present.ts';
import type { WrittenFor } from './schema/written-for.ts';
import type { Settled } from './settled.ts';
import type { Workflow } from './workflow.ts';

/** Where a flow ends: in a workflow, whose schemas it must fit. */
export interface WorkflowEnd<In extends z.ZodType, Out extends z.ZodType, E extends string> {
  readonly in: 'workflow';
  /** The errors that it may fail with. */
  readonly errors: readonly E[];
  readonly output: Out;
  finish(node: FlowNode): Workflow<In, Out, E>;
}

/** A way of a choice, or a part of a try: it goes on behind it, or ends the whole workflow early. */
export interface WayEnd<Out extends z.ZodType, E extends string> {
  readonly in: 'way';
  readonly errors: readonly E[];
  readonly output?: Out;
}

/** A branch of a parallel or the body of a loop: a scope of its own, whose failure stops its siblings. */
export interface BranchEnd<E extends string> {
  readonly in: 'branch';
  readonly errors: readonly E[];
}

/** Where what is inside a step ends: a way of the workflow is still the workflow's own. */
export type Within<End> = End extends WorkflowEnd<infer _In, infer Out, infer E> ? WayEnd<Out, E> : End;

/** Inside a branch there are only branches. */
export type Inside<End> = End extends { readonly errors: readonly (infer E extends string)[] }
  ? BranchEnd<E>
  : never;

/** Where a flow stands. */
export type InOf<End> = End extends { readonly in: infer In } ? In : never;

/** What is said there alone; elsewhere nothing is of this type, and the sentence stands in the checker's complaint. */
export type OnlyIn<End, In extends string, T, Sentence extends string> = End extends { readonly in: In }
  ? T
  : { readonly error: Sentence };

/** What a way may say that the whole workflow gives, when its callback gives `Result`. */
export type Succeeded<End, Result> =
  End extends WayEnd<infer Out, infer _E> ? Whole<WrittenFor<Out>, Result> : never;

/** What a flow may say it returns, when its callback gives `Result`. */
export type Returned<End, Result> =
  End extends WorkflowEnd<infer _In, infer Out, infer _E>
    ? Whole<WrittenFor<Out>, Result>
    : Result & Present<Result>;

/** What saying it makes: of a workflow's flow the workflow. */
export type Returning<End, Result> =
  End extends WorkflowEnd<infer In, infer Out, infer E>
    ? Workflow<In, Out, E>
    : Finished<Settled<Value<Result>>>;

/** The errors that a flow may fail with. */
export type ErrorsOf<End> = End extends { readonly errors: readonly (infer E extends string)[] } ? E : never;

declare const outcome: unique symbol;

/** A flow that has said how it ends: with a result, or, when `T` is never, with the whole workflow. */
export interface Finished<out T> {
  readonly node: FlowNode;
  readonly [outcome]: T;
}

/** A flow that goes on: what a body without a result gives back. */
interface Unfinished {
  readonly node: FlowNode;
  readonly unfinished: true;
  readonly in: 'way' | 'branch';
}

/** What the body of a step may give back: a finished flow, or one without a result. */
export type Body<T> = Finished<T> | Unfinished;

/** The result that a body leaves behind. */
export type Outcome<B> = B extends Unfinished ? undefined : B extends Finished<infer T> ? T : undefined;
