import type { z } from 'zod';
import { DefinitionError } from '../ast/definition-error.ts';
import type { FlowNode, StepNode } from '../ast/step-node.ts';
import {
  type Expression,
  type Ref,
  type Template,
  type Value,
  referenceTo,
} from '../expression/expression.ts';
import { operandOf, templateOf } from '../expression/template.ts';
import type { Call, StartableCall } from './call.ts';
import { type Duration, seconds } from './duration.ts';
import type {
  Body,
  BranchEnd,
  ErrorsOf,
  Finished,
  Inside,
  Outcome,
  WayEnd,
  Within,
  WorkflowEnd,
} from './flow-end.ts';
import type { NewName, Recoverable, With } from './scope.ts';
import type { Ground } from './steps/call-options.ts';
import {
  type Approval,
  type ApprovalOptions,
  type CallbackOptions,
  type TaskToken,
  approvalNode,
  callbackNode,
} from './steps/callback-step.ts';
import { type Chosen, type MatchWays, Ways, matchNode } from './steps/choose-step.ts';
import {
  type Batch,
  type DistributedOptions,
  type Element,
  type ForEachOptions,
  type Gathered,
  type ResultFolder,
  forEachNode,
} from './steps/for-each-step.ts';
import { type NoReturnOptions, pointOfNoReturnNode } from './steps/point-of-no-return.ts';
import { type PollError, type PollOptions, pollNode } from './steps/poll-step.ts';
import { type RepeatOptions, repeatNode } from './steps/repeat-step.ts';
import { type RunOptions, type StartOptions, runNode, startNode } from './steps/run-step.ts';
import { type TryParts, tryNode } from './steps/try-step.ts';
import { type RetryPolicy, retryNode } from './retry.ts';
import type { Workflow } from './workflow.ts';

/** What the machinery needs to know of every end. */
interface AnyEnd {
  readonly in: 'workflow' | 'way' | 'branch';
  readonly errors: readonly string[];
}

/**
 * The steps so far and what they made known. Immutable: every call gives a new flow, and two may grow from
 * one stem. The callbacks run once, at definition; what they get are references, not values.
 */
export class Flow<Scope, End> {
  readonly #end: AnyEnd;
  readonly #place: string;
  readonly #scope: Scope;
  readonly #steps: readonly StepNode[];

  constructor(end: AnyEnd & End, place: string, state: { scope: Scope; steps: readonly StepNode[] }) {
    this.#end = end;
    this.#place = place;
    this.#scope = state.scope;
    this.#steps = state.steps;
  }

  /** Tells a flow that goes on from one that has said how it ends. */
  readonly unfinished = true;

  get node(): FlowNode {
    return { steps: this.#steps, returns: undefined };
  }

  /** Makes one call; its result is known to later steps by the step's name. */
  run<const Name extends string, Out, E extends string, Caught extends E = never, const Recovered = never>(
    name: NewName<Name, Scope>,
    call: (scope: Scope) => Call<Out, E>,
    options: RunOptions<Scope, End, NoInfer<E>, Caught, Recovered> = {},
  ): Flow<With<Scope, Name, Recoverable<Out, Value<Recovered>>>, End> {
    const ground = { ...this.#ground(name), steps: this.#steps, within: this.#end.in };
    return this.#then(name, runNode(ground, call, options as object));
  }

  /**
   * Starts a task or a child workflow and goes on without waiting for its end, or knowing how it was. The
   * result says what was started: `ExecutionArn` of a workflow, `StatusCode` of a task.
   */
  start<
    const Name extends string,
    Started,
    E extends string,
    Caught extends E = never,
    const Recovered = never,
  >(
    name: NewName<Name, Scope>,
    call: (scope: Scope) => StartableCall<unknown, E, Started>,
    options: StartOptions<Scope, NoInfer<E>, Caught, Recovered> = {},
  ): Flow<With<Scope, Name, Recoverable<Started, Value<Recovered>>>, End> {
    return this.#then(name, startNode(this.#ground(name), call, options as object));
  }

  /** Makes the same call again and again until its result, known by the step's name, is what is waited for. */
  pollUntil<
    const Name extends string,
    Out,
    E extends string,
    Caught extends E | PollError = never,
    const Recovered = never,
  >(
    name: NewName<Name, Scope>,
    call: (scope: Scope) => Call<Out, E>,
    options: PollOptions<Scope, With<Scope, Name, Out>, NoInfer<E>, Caught, Recovered>,
  ): Flow<With<Scope, Name, Recoverable<Out, Value<Recovered>>>, End> {
    const ground = { ...this.#ground(name), after: this.#with<Name, Out>(name) };
    return this.#then(name, pollNode(ground, call, options));
  }

  /**
   * Makes a call that does a part of a long work, until it says that all is done; each call goes on where the
   * last one stopped, by a cursor that it gave or by what it keeps itself.
   */
  repeatUntil<
    const Name extends string,
    Out,
    E extends string,
    Cursor extends z.ZodType = z.ZodNever,
    Caught extends E | 'GaveUp' = never,
    const Recovered = never,
  >(
    name: NewName<Name, Scope>,
    call: (scope: Scope, cursor: Ref<z.output<Cursor>>) => Call<Out, E>,
    options: RepeatOptions<Scope, With<Scope, Name, Out>, NoInfer<E>, Caught, Recovered, Cursor>,
  ): Flow<With<Scope, Name, Recoverable<Out, Value<Recovered>>>, End> {
    const ground = { ...this.#ground(name), after: this.#with<Name, Out>(name) };
    return this.#then(name, repeatNode(ground, call, options));
  }

  /**
   * Makes a call that hands its task token on, and waits until somebody answers with it (SendTaskSuccess).
   * The answer, checked against its schema, is known by the step's name.
   */
  callback<
    const Name extends string,
    E extends string,
    Answer extends z.ZodType,
    Caught extends E = never,
    const Recovered = never,
  >(
    name: NewName<Name, Scope>,
    call: (scope: Scope, token: TaskToken) => Call<unknown, E>,
    options: CallbackOptions<Scope, NoInfer<E>, Caught, Recovered, Answer>,
  ): Flow<With<Scope, Name, Recoverable<z.output<Answer>, Value<Recovered>>>, End> {
    return this.#then(name, callbackNode(this.#ground(name), call, options));
  }

  /**
   * Asks a person by a call that hands the task token on. The answer is `{approved, by?, comment?}`: a no, or
   * no answer in time, fails the step with `NotApproved`.
   */
  approval<const Name extends string, E extends string>(
    name: NewName<Name, Scope>,
    call: (scope: Scope, token: TaskToken) => Call<unknown, E>,
    options: ApprovalOptions<Scope, NoInfer<E>>,
  ): Flow<With<Scope, Name, z.output<typeof Approval>>, End> {
    return this.#then(name, approvalNode(this.#ground(name), call, options));
  }

  /** Waits so many seconds: a duration in words, or a number known when the machine runs. */
  waitFor<const Name extends string>(
    name: NewName<Name, Scope>,
    time: Duration | ((scope: Scope) => Expression<number>),
  ): Flow<Scope, End> {
    const given = typeof time === 'function' ? time(this.#scope) : seconds(time);
    return this.#append({ kind: 'wait', name: this.#named(name), wait: { seconds: operandOf(given) } });
  }

  /** Waits until a time: ISO 8601 text, or one known when the machine runs. A time that has passed is no wait. */
  waitUntil<const Name extends string>(
    name: NewName<Name, Scope>,
    time: string | ((scope: Scope) => Expression<string>),
  ): Flow<Scope, End> {
    if (typeof time === 'string' && !ISO_TIME.test(time))
      throw new DefinitionError(
        `${this.#at(name)}: a time is ISO 8601 text with its offset, got '${time}'; write for example '2026-11-22T03:00:00Z'`,
      );
    const until = operandOf(typeof time === 'function' ? time(this.#scope) : time);
    return this.#append({ kind: 'wait', name: this.#named(name), wait: { until } });
  }

  /**
   * Takes the first way whose condition holds, else `otherwise`, or none; what the way returns is known by the
   * step's name.
   */
  choose<const Name extends string, Result>(
    name: NewName<Name, Scope>,
    ways: (choose: Ways<Scope, Within<End>, never>) => Chosen<Result>,
  ): Flow<With<Scope, Name, Result>, End> {
    const { cases, otherwiseFlow: otherwise } = ways(
      new Ways<Scope, Within<End>, never>(
        this.#scope,
        (label) => this.#way(`${textOf(name)} › ${label}`),
        [],
      ),
    );
    if (cases.length === 0)
      throw new DefinitionError(`${this.#at(name)}: a choice needs a condition; add when(), or leave it out`);
    return this.#then(name, { kind: 'choose', name: textOf(name), cases, otherwise });
  }

  /**
   * Takes the way that is named like the value: one for each that its type allows, and a missing one does not
   * compile. `kindOf(value, 'kind')` tells the alternatives of a discriminated union apart, and each way gets
   * the value as the alternative that it is.
   */
  match<
    const Name extends string,
    On extends Expression<string>,
    W extends MatchWays<Scope, Within<End>, On>,
  >(
    name: NewName<Name, Scope>,
    on: (scope: Scope) => On,
    ways: W & MatchWays<Scope, Within<End>, On>,
  ): Flow<
    With<
      Scope,
      Name,
      { [K in keyof W]: W[K] extends (...given: never) => infer B ? Outcome<B> : never }[keyof W]
    >,
    End
  > {
    const ground = { ...this.#ground(name), way: (label: string) => this.#way(`${textOf(name)} › ${label}`) };
    return this.#then(name, matchNode<Scope, Within<End>>(ground, on(this.#scope), ways));
  }

  /** Runs branches side by side; all must succeed, and one that fails stops the others. */
  parallel<
    const Name extends string,
    Branches extends Record<string, (branch: Flow<Scope, Inside<End>>) => Body<unknown>>,
  >(
    name: NewName<Name, Scope>,
    branches: Branches,
    options: { readonly retry?: readonly RetryPolicy[] } = {},
  ): Flow<With<Scope, Name, { readonly [K in keyof Branches]: Outcome<ReturnType<Branches[K]>> }>, End> {
    const { place } = this.#ground(name);
    const flows = Object.entries(branches).map(([label, body]) => {
      return [label, body(this.#inside<Scope>(`${textOf(name)} › ${label}`, this.#scope)).node] as const;
    });
    if (flows.length === 0)
      throw new DefinitionError(`${place}: there is nothing to run side by side; add a branch`);
    return this.#then(name, {
      kind: 'parallel',
      name: textOf(name),
      branches: Object.fromEntries(flows),
      retry: (options.retry ?? []).map((policy) => retryNode(policy, place)),
    });
  }

  /** Runs the body for each element within this execution: at most 40 at once. */
  forEach<const Name extends string, Item, const As extends string, Result = undefined>(
    name: NewName<Name, Scope>,
    options: ForEachOptions<Scope, Inside<End>, Item, As, Result>,
  ): Flow<With<Scope, Name, Result[]>, End> {
    const ground = { ...this.#ground(name), mode: 'inline' } as const;
    return this.#then(name, forEachNode(ground, options, options.do(this.#each<As, Item>(name, options.as))));
  }

  /**
   * Runs the body for each element in a child execution of its own: up to 10,000 at once, each with its own
   * history. What the body uses from outside is passed in by the compiler.
   */
  forEachDistributed<
    const Name extends string,
    Item,
    const As extends string,
    Result = undefined,
    const B extends Batch | undefined = undefined,
    Failures = undefined,
    To extends Template<ResultFolder> = never,
  >(
    name: NewName<Name, Scope>,
    options: DistributedOptions<Scope, Inside<End>, Item, As, Result, B, Failures, To>,
  ): Flow<With<Scope, Name, Gathered<Result, Failures, To>>, End> {
    const ground = { ...this.#ground(name), mode: 'distributed' } as const;
    const each = this.#each<As, Element<Item, B>>(name, options.as);
    return this.#then(name, forEachNode(ground, options, options.do(each)));
  }

  /** Tries a part; a clause of `catch` named like the error answers it, `finally` runs in any case. */
  try<
    const Name extends string,
    Done,
    Clauses extends { readonly [name: string]: unknown } = { readonly [name in never]: never },
    Otherwise = never,
  >(
    name: NewName<Name, Scope>,
    parts: TryParts<Scope, Within<End>, Done, Clauses, Otherwise>,
  ): Flow<With<Scope, Name, Done | Clauses[keyof Clauses] | Otherwise>, End> {
    const ground = {
      ...this.#ground(name),
      way: (label?: string) => this.#way(label === undefined ? textOf(name) : `${textOf(name)} › ${label}`),
    };
    return this.#then(name, tryNode<Scope, Within<End>>(ground, parts));
  }

  /**
   * From here on no undo runs. A failure stays where it happened, so that a redrive goes on from there
   * (`stayForRedrive`), or ends the execution with its error in plain words (`endInWords`).
   */
  pointOfNoReturn(
    this: End extends { readonly in: 'workflow' } ? Flow<Scope, End> : never,
    options: NoReturnOptions,
  ): Flow<Scope, End> {
    return (this as Flow<Scope, End>).#withoutReturn(options);
  }

  /** Ends the whole workflow as a failure, with one of the errors that it declares. */
  fail<const Name extends string>(
    name: NewName<Name, Scope>,
    error: ErrorsOf<End>,
    cause: (scope: Scope) => Template<string>,
  ): Finished<never> {
    if (!this.#end.errors.includes(error))
      throw new DefinitionError(
        `${this.#at(name)}: the workflow does not declare the error '${error}'; add it to its 'errors'`,
      );
    const said = operandOf(cause(this.#scope));
    return this.#finish({ kind: 'fail', name: this.#named(name), error, cause: said });
  }

  /** Ends the whole workflow early and well, from a way of a choice or a part of a try, with its output. */
  succeed<const Name extends string, Out extends z.ZodType, E extends string>(
    this: Flow<Scope, WayEnd<Out, E>>,
    name: NewName<Name, Scope>,
    output: (scope: Scope) => Template<z.input<Out>>,
  ): Finished<never> {
    const said = templateOf(output(this.#scope), this.#at(name));
    return this.#finish({ kind: 'succeed', name: this.#named(name), output: said });
  }

  /** Ends the flow with its result; a workflow's must fit its output schema. */
  returns<const Result, Out extends z.ZodType, E extends string>(
    this: Flow<Scope, BranchEnd<E> | WayEnd<Out, E>>,
    result: (scope: Scope) => Result,
  ): Finished<Value<Result>>;
  returns<In extends z.ZodType, Out extends z.ZodType, E extends string>(
    this: Flow<Scope, WorkflowEnd<In, Out, E>>,
    result: (scope: Scope) => Template<z.input<Out>>,
  ): Workflow<In, Out, E>;
  returns(result: (scope: Scope) => unknown): unknown {
    const returns = templateOf(result(this.#scope), `${this.#place} › returns`);
    const node: FlowNode = { steps: this.#steps, returns };
    const end = this.#end as unknown as
      WorkflowEnd<z.ZodType, z.ZodType, string> | WayEnd<z.ZodType, string> | BranchEnd<string>;
    return end.in === 'workflow' ? end.finish(node) : { node };
  }

  #ground(name: unknown): Ground<Scope> & { readonly name: string } {
    return { place: this.#at(name), scope: this.#scope, name: this.#named(name) };
  }

  /** A flow for what is inside a step but in the workflow's own sequence. */
  #way(label: string): Flow<Scope, Within<End>> {
    const end = { in: this.#end.in === 'branch' ? 'branch' : 'way', errors: this.#end.errors } as const;
    return new Flow(end as unknown as AnyEnd & Within<End>, this.#at(label), {
      scope: this.#scope,
      steps: [],
    });
  }

  /** A flow for what runs beside the sequence, in a scope of its own. */
  #inside<S>(label: string, scope: S): Flow<S, Inside<End>> {
    const end: BranchEnd<string> = { in: 'branch', errors: this.#end.errors };
    return new Flow(end as unknown as AnyEnd & Inside<End>, this.#at(label), { scope, steps: [] });
  }

  #each<As extends string, Item>(name: unknown, as: As): Flow<With<Scope, As, Item>, Inside<End>> {
    this.#named(as);
    if (as === name)
      throw new DefinitionError(
        `${this.#at(name)}: '${as}' is the name of something else; give 'as' a new name`,
      );
    return this.#inside<With<Scope, As, Item>>(textOf(name), {
      ...(this.#scope as object),
      [as]: referenceTo(as),
    } as unknown as With<Scope, As, Item>);
  }

  #at(name: unknown): string {
    return `${this.#place} › ${textOf(name)}`;
  }

  #with<Name extends string, T>(name: unknown): With<Scope, Name, T> {
    return { ...(this.#scope as object), [textOf(name)]: referenceTo(textOf(name)) } as unknown as With<
      Scope,
      Name,
      T
    >;
  }

  #withoutReturn(options: NoReturnOptions): Flow<Scope, End> {
    return this.#append(pointOfNoReturnNode({ place: this.#place, steps: this.#steps }, options));
  }

  #finish(step: StepNode): Finished<never> {
    return { node: { steps: [...this.#steps, step], returns: undefined } };
  }

  #append(step: StepNode): Flow<Scope, End> {
    return new Flow(this.#end as AnyEnd & End, this.#place, {
      scope: this.#scope,
      steps: [...this.#steps, step],
    });
  }

  #then<Name extends string, T>(name: NewName<Name, Scope>, step: StepNode): Flow<With<Scope, Name, T>, End> {
    this.#named(name);
    const state = { scope: this.#with<Name, T>(name), steps: [...this.#steps, step] };
    return new Flow(this.#end as AnyEnd & End, this.#place, state);
  }

  /** @throws DefinitionError for a name that cannot be a variable's, or is taken. */
  #named(given: unknown): string {
    const name = textOf(given);
    if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name) || /^(states|each\d+)$/.test(name))
      throw new DefinitionError(
        `${this.#at(name)}: a step's name is a variable's name; use letters and digits, beginning with a letter, ` +
          `and neither 'states' nor 'each' with a number, which the language uses itself`,
      );
    if (Object.hasOwn(this.#scope as object, name))
      throw new DefinitionError(
        `${this.#at(name)}: a step or value of that name is there already; choose another`,
      );
    return name;
  }
}

/** A name is a string, or the type's complaint that it is taken: then the code did not compile. */
const textOf = (name: unknown): string => name as string;

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
