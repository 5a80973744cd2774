import type { z } from 'zod';
import { DefinitionError } from '../ast/definition-error.ts';
import type { FlowNode, RecoveryNode, StepNode } from '../ast/step-node.ts';
import {
  type Expression,
  type Ref,
  type Template,
  type Value,
  referenceTo,
} from '../expression/expression.ts';
import { operandOf, templateOf } from '../expression/template.ts';
import type { Call } from './call.ts';
import { type Duration, seconds } from './duration.ts';
import { type RetryPolicy, retriesOf } from './retry.ts';
import type { Workflow } from './workflow.ts';

/** Where a flow ends: in a workflow, whose schemas it must fit, or in a branch of one. */
export interface WorkflowEnd<In extends z.ZodType, Out extends z.ZodType> {
  readonly in: 'workflow';
  finish(node: FlowNode): Workflow<In, Out>;
}
export interface BranchEnd {
  readonly in: 'branch';
}

/** A branch that has said what it gives back. */
export interface Finished<out T> {
  readonly node: FlowNode;
  readonly result?: T;
}

type NewName<Name extends string, Scope> = Name extends keyof Scope
  ? { readonly error: `a step or value named '${Name}' is there already` }
  : Name;

type With<Scope, Name extends string, T> = Scope & { readonly [K in Name]: Ref<T> };

/** What a caught error looks like. */
export interface ErrorOutput {
  readonly Error: string;
  readonly Cause: string;
}

/** A result, or what stands for it after an error: a field that only one of them has may be missing. */
type Recoverable<Out, Recovered> = [Recovered] extends [never]
  ? Out
  : [Out, Recovered] extends [Fields, Fields]
    ? { readonly [K in keyof Out | keyof Recovered]: FieldOf<Out, K> | FieldOf<Recovered, K> }
    : Out | Recovered;

type Fields = { readonly [name: string]: unknown };

type FieldOf<T, K extends PropertyKey> = K extends keyof T ? T[K] : undefined;

interface CallOptions<Scope, Recovered> {
  /** Retries before those for throttling and other passing faults, or `'none'` for no retry at all. */
  readonly retry?: readonly RetryPolicy[] | 'none';
  /** Errors that end the step with a value instead of failing it; `inWords(error)` tells what it was. */
  readonly recover?: {
    readonly errors: readonly string[];
    readonly value: (scope: Scope, error: Ref<ErrorOutput>) => Recovered;
  };
}

export interface RunOptions<Scope, End, Recovered> extends CallOptions<Scope, Recovered> {
  /**
   * Runs when this step or a later one fails before the point of no return, newest undo first, and whether or
   * not this step itself had any effect: so it must be idempotent and fit for nothing to undo.
   */
  readonly undo?: End extends BranchEnd
    ? {
        readonly error: 'an undo belongs to a step of the workflow itself: a failing branch stops its siblings';
      }
    : (scope: Scope) => Call<unknown>;
}

export interface PollOptions<Before, Scope, Recovered> extends CallOptions<Before, Recovered> {
  /** The step ends when this holds. */
  readonly until: (scope: Scope) => Expression<boolean>;
  /** The step fails with `PollFailed`, without waiting longer, when this holds. */
  readonly failWhen?: (scope: Scope) => Expression<boolean>;
  /** What the cause says of the last result when the step fails, for example which table has which status. */
  readonly saying?: (scope: Scope) => Template<string>;
  /** The wait between two calls. */
  readonly every: Duration;
  /** The step fails with `GaveUp` when this has passed. */
  readonly giveUpAfter: Duration;
}

export interface ForEachOptions<Scope, Item, As extends string, Result> {
  readonly of: (scope: Scope) => Expression<readonly Item[]>;
  /** The name that the body knows the element by. */
  readonly as: As;
  /** How many iterations run at a time: inline at most 40, distributed at most 10,000. */
  readonly atOnce: number;
  readonly do: (each: Flow<With<Scope, As, Item>, BranchEnd>) => Body<Result>;
}

/** What a branch's body may give back: a finished flow, or one without a result. */
export type Body<T> = Finished<T> | Flow<never, BranchEnd>;

// The order matters: an unfinished flow matches Finished too, whose result is optional.
type Outcome<B> =
  B extends Flow<infer _Scope, BranchEnd> ? undefined : B extends Finished<infer T> ? T : undefined;

/**
 * The steps so far and what they made known. Immutable: every call gives a new flow, and two may grow from
 * one stem. The callbacks run once, at definition; what they get are references, not values.
 */
export class Flow<Scope, End> {
  readonly #end: End;
  readonly #place: string;
  readonly #scope: Scope;
  readonly #steps: readonly StepNode[];

  constructor(end: End, place: string, state: { scope: Scope; steps: readonly StepNode[] }) {
    this.#end = end;
    this.#place = place;
    this.#scope = state.scope;
    this.#steps = state.steps;
  }

  get node(): FlowNode {
    return { steps: this.#steps, returns: undefined };
  }

  /** Makes one call; its result is known to later steps by the step's name. */
  run<const Name extends string, Out, const Recovered = never>(
    name: NewName<Name, Scope>,
    call: (scope: Scope) => Call<Out>,
    options: RunOptions<Scope, End, Recovered> = {},
  ): Flow<With<Scope, Name, Recoverable<Out, Value<Recovered>>>, End> {
    const { node } = call(this.#scope);
    if (options.undo !== undefined && (this.#end as BranchEnd).in === 'branch')
      throw new DefinitionError(
        `${this.#at(textOf(name))}: an undo belongs to a step of the workflow itself, since a failing branch ` +
          `stops its siblings; move the step or its undo out of the branch`,
      );
    if (options.undo !== undefined && this.#steps.some(({ kind }) => kind === 'pointOfNoReturn'))
      throw new DefinitionError(
        `${this.#at(textOf(name))}: an undo after the point of no return would never run; ` +
          `leave it out, or move the step before that point`,
      );
    const undo = typeof options.undo === 'function' ? options.undo(this.#scope).node : undefined;
    return this.#then(name, {
      kind: 'run',
      name: textOf(name),
      call: node,
      retry: retriesOf(node, options.retry),
      recover: this.#recoveries(name, options),
      undo,
      undoRetry: undo ? retriesOf(undo, undefined) : [],
    });
  }

  /** Makes the same call again and again until its result, known by the step's name, is what is waited for. */
  pollUntil<const Name extends string, Out, const Recovered = never>(
    name: NewName<Name, Scope>,
    call: (scope: Scope) => Call<Out>,
    options: PollOptions<Scope, With<Scope, Name, Out>, Recovered>,
  ): Flow<With<Scope, Name, Recoverable<Out, Value<Recovered>>>, End> {
    const place = this.#at(textOf(name));
    const everySeconds = seconds(options.every);
    const giveUpAfterSeconds = seconds(options.giveUpAfter);
    if (giveUpAfterSeconds < everySeconds)
      throw new DefinitionError(
        `${place}: giveUpAfter ('${options.giveUpAfter}') is shorter than every ('${options.every}'); ` +
          `raise giveUpAfter or poll more often`,
      );
    const { node } = call(this.#scope);
    const scope = this.#with<Name, Out>(name);
    return this.#then(name, {
      kind: 'poll',
      name: textOf(name),
      call: node,
      retry: retriesOf(node, options.retry),
      recover: this.#recoveries(name, options),
      until: operandOf(options.until(scope)),
      failWhen: options.failWhen && operandOf(options.failWhen(scope)),
      saying: options.saying && operandOf(options.saying(scope)),
      everySeconds,
      giveUpAfterSeconds,
    });
  }

  /** Waits so many seconds: a duration in words, or a number known when the machine runs. */
  waitFor<const Name extends string>(
    name: NewName<Name, Scope>,
    time: Duration | ((scope: Scope) => Expression<number>),
  ): Flow<Scope, End> {
    this.#refuseBadName(textOf(name));
    const given = typeof time === 'function' ? time(this.#scope) : seconds(time);
    return this.#append({ kind: 'wait', name: textOf(name), seconds: operandOf(given) });
  }

  /** Takes the first way whose condition holds, else the last; the way's result is known by the step's name. */
  choose<const Name extends string, Result>(
    name: NewName<Name, Scope>,
    ways: (choose: Ways<Scope, never>) => Chosen<Result>,
  ): Flow<With<Scope, Name, Result>, End> {
    const chosen = ways(new Ways(this.#scope, this.#at(textOf(name)), []));
    return this.#then(name, {
      kind: 'choose',
      name: textOf(name),
      cases: chosen.cases,
      otherwise: chosen.otherwise,
    });
  }

  /** Runs branches side by side; all must succeed, and one that fails stops the others. */
  parallel<
    const Name extends string,
    Branches extends Record<string, (branch: Flow<Scope, BranchEnd>) => Body<unknown>>,
  >(
    name: NewName<Name, Scope>,
    branches: Branches,
  ): Flow<With<Scope, Name, { readonly [K in keyof Branches]: Outcome<ReturnType<Branches[K]>> }>, End> {
    const flows = Object.entries(branches).map(([label, body]) => {
      return [label, body(this.#branch(`${textOf(name)} › ${label}`, this.#scope)).node] as const;
    });
    return this.#then(name, {
      kind: 'parallel',
      name: textOf(name),
      branches: Object.fromEntries(flows),
      retry: [],
    });
  }

  /** Runs the body for each element within this execution: at most 40 at once. */
  forEach<const Name extends string, Item, const As extends string, Result = undefined>(
    name: NewName<Name, Scope>,
    options: ForEachOptions<Scope, Item, As, Result>,
  ): Flow<With<Scope, Name, Result[]>, End> {
    return this.#forEach(name, 'inline', options);
  }

  /**
   * Runs the body for each element in a child execution of its own: up to 10,000 at once, each with its own
   * history. What the body uses from outside is passed in by the compiler.
   */
  forEachDistributed<const Name extends string, Item, const As extends string, Result = undefined>(
    name: NewName<Name, Scope>,
    options: ForEachOptions<Scope, Item, As, Result>,
  ): Flow<With<Scope, Name, Result[]>, End> {
    return this.#forEach(name, 'distributed', options);
  }

  /** From here on no undo runs: a failure stays where it happened, so that a redrive goes on from there. */
  pointOfNoReturn(this: End extends BranchEnd ? never : Flow<Scope, End>): Flow<Scope, End> {
    return this.#append({ kind: 'pointOfNoReturn' });
  }

  /** Ends the flow as a failure. */
  fail<const Name extends string>(
    name: NewName<Name, Scope>,
    error: string,
    cause: (scope: Scope) => Template<string>,
  ): Finished<never> {
    this.#refuseBadName(textOf(name));
    const node: StepNode = { kind: 'fail', name: textOf(name), error, cause: operandOf(cause(this.#scope)) };
    return { node: { steps: [...this.#steps, node], returns: undefined } };
  }

  /** Ends the flow with its result; a workflow's must fit its output schema. */
  returns<const Result>(
    this: Flow<Scope, BranchEnd>,
    result: (scope: Scope) => Result,
  ): Finished<Value<Result>>;
  returns<In extends z.ZodType, Out extends z.ZodType>(
    this: Flow<Scope, WorkflowEnd<In, Out>>,
    result: (scope: Scope) => Template<z.input<Out>>,
  ): Workflow<In, Out>;
  returns(result: (scope: Scope) => unknown): unknown {
    const node: FlowNode = {
      steps: this.#steps,
      returns: templateOf(result(this.#scope), `${this.#place} › returns`),
    };
    const end = this.#end as WorkflowEnd<z.ZodType, z.ZodType> | BranchEnd;
    return end.in === 'workflow' ? end.finish(node) : { node };
  }

  #recoveries<Recovered>(name: unknown, { recover }: CallOptions<Scope, Recovered>): readonly RecoveryNode[] {
    if (recover === undefined) return [];
    const error = referenceTo<ErrorOutput>('states', ['errorOutput']);
    return [{ errors: recover.errors, value: templateOf(recover.value(this.#scope, error), textOf(name)) }];
  }

  #forEach<Name extends string, Item, As extends string, Result>(
    name: NewName<Name, Scope>,
    mode: 'inline' | 'distributed',
    options: ForEachOptions<Scope, Item, As, Result>,
  ): Flow<With<Scope, Name, Result[]>, End> {
    const most = mode === 'inline' ? 40 : 10_000;
    if (!Number.isInteger(options.atOnce) || options.atOnce < 1 || options.atOnce > most)
      throw new DefinitionError(
        `${this.#at(textOf(name))}: atOnce must be a whole number from 1 to ${most}, got ${options.atOnce}; ` +
          `Step Functions runs no more ${mode} iterations at a time`,
      );
    this.#refuseBadName(options.as);
    if (options.as === textOf(name))
      throw new DefinitionError(
        `${this.#at(textOf(name))}: '${options.as}' is the name of something else; give 'as' a new name`,
      );
    const scope = { ...this.#scope, [options.as]: referenceTo(options.as) } as With<Scope, As, Item>;
    return this.#then(name, {
      kind: 'forEach',
      name: textOf(name),
      mode,
      of: operandOf(options.of(this.#scope)),
      as: options.as,
      atOnce: options.atOnce,
      flow: options.do(this.#branch(textOf(name), scope)).node,
      retry: [],
    });
  }

  #branch<S>(label: string, scope: S): Flow<S, BranchEnd> {
    return new Flow<S, BranchEnd>({ in: 'branch' }, this.#at(label), { scope, steps: [] });
  }

  #at(name: string): string {
    return `${this.#place} › ${name}`;
  }

  #with<Name extends string, T>(name: NewName<Name, Scope>): With<Scope, Name, T> {
    return { ...this.#scope, [textOf(name)]: referenceTo(textOf(name)) } as With<Scope, Name, T>;
  }

  #append(step: StepNode): Flow<Scope, End> {
    return new Flow(this.#end, this.#place, { scope: this.#scope, steps: [...this.#steps, step] });
  }

  #then<Name extends string, T>(name: NewName<Name, Scope>, step: StepNode): Flow<With<Scope, Name, T>, End> {
    this.#refuseBadName(textOf(name));
    return new Flow(this.#end, this.#place, {
      scope: this.#with<Name, T>(name),
      steps: [...this.#steps, step],
    });
  }

  #refuseBadName(name: string): void {
    if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name) || /^(states|each\d+)$/.test(name))
      throw new DefinitionError(
        `${this.#at(name)}: a step's name is a variable's name; use letters and digits, beginning with a letter, ` +
          `and neither 'states' nor 'each' with a number, which the language uses itself`,
      );
    if (Object.hasOwn(this.#scope as object, name))
      throw new DefinitionError(
        `${this.#at(name)}: a step or value of that name is there already; choose another`,
      );
  }
}

/** A name is a string, or the type's complaint that it is taken: then the code did not compile. */
const textOf = (name: unknown): string => name as string;

/** The ways of a `choose` so far. */
export class Ways<Scope, Result> {
  readonly #scope: Scope;
  readonly #place: string;
  readonly #cases: Chosen<unknown>['cases'];

  constructor(scope: Scope, place: string, cases: Chosen<unknown>['cases']) {
    this.#scope = scope;
    this.#place = place;
    this.#cases = cases;
  }

  /** A way and its condition; `label` names its states. */
  when<B extends Body<unknown>>(
    label: string,
    condition: (scope: Scope) => Expression<boolean>,
    body: (branch: Flow<Scope, BranchEnd>) => B,
  ): Ways<Scope, Result | Outcome<B>> {
    const way = { label, when: operandOf(condition(this.#scope)), flow: this.#flow(label, body) };
    return new Ways(this.#scope, this.#place, [...this.#cases, way]);
  }

  /** The way taken when no condition holds. */
  otherwise<B extends Body<unknown>>(
    body: (branch: Flow<Scope, BranchEnd>) => B,
  ): Chosen<Result | Outcome<B>> {
    return { cases: this.#cases, otherwise: this.#flow('otherwise', body) };
  }

  #flow(label: string, body: (branch: Flow<Scope, BranchEnd>) => Body<unknown>): FlowNode {
    const place = `${this.#place} › ${label}`;
    return body(new Flow<Scope, BranchEnd>({ in: 'branch' }, place, { scope: this.#scope, steps: [] })).node;
  }
}

export interface Chosen<out Result> {
  readonly cases: readonly {
    readonly label: string;
    readonly when: ReturnType<typeof operandOf>;
    readonly flow: FlowNode;
  }[];
  readonly otherwise: FlowNode;
  readonly result?: Result;
}
