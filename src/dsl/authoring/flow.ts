import type { z } from 'zod';
import { jsonataFunctions } from '../asl/jsonata-functions.ts';
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
import type { Named, NamedBranches, NamedResult, NewName } from './scope.ts';
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

interface FlowState<Scope> {
  readonly scope: Scope;
  readonly steps: readonly StepNode[];
  readonly around?: readonly string[];
}

/** What the machinery needs to know of every end. */
interface AnyEnd {
  readonly in: 'workflow' | 'way' | 'branch';
  readonly errors: readonly string[];
}

/**
 * The steps so far and what they made known. Immutable: every call gives a new flow, and two may grow from
 * one stem. The callbacks run once, at definition; what they get are references, not values.
 *
 * In the examples `flow` is a workflow over an order; docs/examples.ts has it, its tasks and its input.
 */
export class Flow<Scope, End> {
  readonly #end: AnyEnd;
  readonly #place: string;
  readonly #scope: Scope;
  readonly #steps: readonly StepNode[];
  /** The names of the steps around, whose variables are set when these steps are over. */
  readonly #around: readonly string[];

  constructor(end: AnyEnd & End, place: string, state: FlowState<Scope>) {
    this.#end = end;
    this.#place = place;
    this.#scope = state.scope;
    this.#steps = state.steps;
    this.#around = state.around ?? [];
  }

  /** Tells a flow that goes on from one that has said how it ends. */
  readonly unfinished = true;

  get node(): FlowNode {
    return { steps: this.#steps, returns: undefined };
  }

  /**
   * Makes one call and waits for its result, which later steps know by the step's name. Only the parts that
   * they read are kept. For a call that is repeated see `pollUntil` and `repeatUntil`; for one that somebody
   * else answers, `callback`; for one that nobody waits for, `start`.
   *
   * @example
   * ```ts
   * flow
   *   .run('paid', ({ input }) => charge({ order: input.id, cents: input.cents }))
   *   .returns(({ paid }) => paid.receipt); // → "receipt for o-7"
   * ```
   * ```json
   * {
   *   "Paid": {
   *     "Type": "Task",
   *     "Resource": "arn:aws:states:::lambda:invoke",
   *     "Arguments": {
   *       "FunctionName": "${Charge}",
   *       "Payload": { "order": "{% $input.id %}", "cents": "{% $input.cents %}" }
   *     },
   *     "TimeoutSeconds": 90,
   *     "Retry": "…",
   *     "Assign": { "paid": "{% {\"receipt\": $states.result.Payload.receipt} %}" },
   *     "Output": {},
   *     "Next": "Return"
   *   }
   * }
   * ```
   */
  run<const Name extends string, Out, E extends string, Caught extends E = never, const Recovered = never>(
    name: NewName<Name, Scope>,
    call: (scope: Scope) => Call<Out, E>,
    options: RunOptions<Scope, End, NoInfer<E>, Caught, Recovered> = {},
  ): Flow<Scope & NamedResult<Name, Out, Recovered>['known'], End> {
    const ground = { ...this.#ground(name), steps: this.#steps, within: this.#end.in };
    return this.#then(name, runNode(ground, call, options as object));
  }

  /**
   * Starts a task or a child workflow and goes on without waiting for its end, or knowing how it was; `run`
   * waits. The result says what was started: `ExecutionArn` of a workflow, `StatusCode` of a task.
   *
   * @example
   * ```ts
   * flow
   *   .start('begun', ({ input }) => ship({ order: input.id }))
   *   .returns(({ begun }) => startsWith(begun.ExecutionArn, 'arn:')); // → true
   * ```
   * ```json
   * {
   *   "Begun": {
   *     "Type": "Task",
   *     "Resource": "arn:aws:states:::states:startExecution",
   *     "Arguments": { "StateMachineArn": "${Ship}", "Input": { "order": "{% $input.id %}" } },
   *     "…": "…"
   *   }
   * }
   * ```
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
  ): Flow<Scope & NamedResult<Name, Started, Recovered>['known'], End> {
    return this.#then(name, startNode(this.#ground(name), call, options as object));
  }

  /**
   * Makes the same call again and again until its result, known by the step's name, is what is waited for.
   * For work that others do; for work that the calls do themselves use `repeatUntil`; where the other side
   * can answer by itself use `callback`.
   *
   * @example
   * ```ts
   * flow
   *   .pollUntil('parcel', ({ input }) => track({ order: input.id }), {
   *     until: ({ parcel }) => equals(parcel.state, 'delivered'),
   *     failWhen: ({ parcel }) => equals(parcel.state, 'lost'),
   *     every: '1 hour',
   *     giveUpAfter: '4 days',
   *   })
   *   .returns(({ parcel }) => parcel.state); // → "delivered"
   * ```
   * ```json
   * {
   *   "Parcel.Begin": {
   *     "Type": "Pass",
   *     "Assign": { "parcel_until": "{% $toMillis($states.context.State.EnteredTime) + 345600000 %}" },
   *     "Output": {},
   *     "Next": "Parcel"
   *   },
   *   "Parcel": { "Type": "Task", "Next": "Parcel.Ready", "…": "…" },
   *   "Parcel.Ready": {
   *     "Type": "Choice",
   *     "Choices": [
   *       { "Condition": "{% $parcel.state = \"delivered\" %}", "Next": "Return" },
   *       { "Condition": "{% $parcel.state = \"lost\" %}", "Next": "Parcel.Failed" },
   *       { "Condition": "…", "Next": "Parcel.GaveUp" }
   *     ],
   *     "Default": "Parcel.Wait"
   *   },
   *   "Parcel.Wait": { "Type": "Wait", "Seconds": 3600, "Next": "Parcel" },
   *   "Parcel.GaveUp": { "Type": "Fail", "Error": "GaveUp", "Cause": "…" },
   *   "Parcel.Failed": { "Type": "Fail", "Error": "PollFailed", "Cause": "…" }
   * }
   * ```
   */
  pollUntil<
    const Name extends string,
    Out,
    E extends string,
    Caught extends E | PollError = never,
    const Recovered = never,
  >(
    name: NewName<Name, Scope>,
    call: (scope: Scope) => Call<Out, E>,
    options: PollOptions<Scope, Scope & Named<Name, Out>['known'], NoInfer<E>, Caught, Recovered>,
  ): Flow<Scope & NamedResult<Name, Out, Recovered>['known'], End> {
    const ground = { ...this.#ground(name), after: this.#knowing(name) as Scope & Named<Name, Out>['known'] };
    return this.#then(name, pollNode(ground, call, options));
  }

  /**
   * Makes a call that does a part of a long work, until it says that all is done; each call goes on where
   * the last one stopped, by a cursor that it gave or by what it keeps itself. For waiting on others use
   * `pollUntil`.
   *
   * @example
   * ```ts
   * flow
   *   .repeatUntil('archived', (_scope, page) => archive({ from: page }), {
   *     cursor: { schema: z.string(), first: 'page 1', next: ({ archived }) => archived.next },
   *     until: ({ archived }) => archived.done,
   *     atMost: 100,
   *   })
   *   .returns(({ archived }) => archived.done); // → true
   * ```
   * ```json
   * {
   *   "Archived.Begin": {
   *     "Type": "Pass",
   *     "Assign": { "archived_calls": 0, "archived_cursor": "page 1" },
   *     "Output": {},
   *     "Next": "Archived"
   *   },
   *   "Archived": {
   *     "Type": "Task",
   *     "Arguments": { "FunctionName": "${Archive}", "Payload": { "from": "{% $archived_cursor %}" } },
   *     "Assign": {
   *       "archived": "{% {\"done\": $states.result.Payload.done} %}",
   *       "archived_calls": "{% $archived_calls + 1 %}",
   *       "archived_cursor": "{% $states.result.Payload.done ? null : $states.result.Payload.next %}"
   *     },
   *     "Next": "Archived.Done",
   *     "…": "…"
   *   },
   *   "Archived.Done": {
   *     "Type": "Choice",
   *     "Choices": [
   *       { "Condition": "{% ($archived.done) = true %}", "Next": "Return" },
   *       { "Condition": "{% ($archived_calls >= 100) = true %}", "Next": "Archived.GaveUp" }
   *     ],
   *     "Default": "Archived"
   *   },
   *   "Archived.GaveUp": { "Type": "Fail", "Error": "GaveUp", "Cause": "archived: not done after 100 calls" }
   * }
   * ```
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
    options: RepeatOptions<Scope, Scope & Named<Name, Out>['known'], NoInfer<E>, Caught, Recovered, Cursor>,
  ): Flow<Scope & NamedResult<Name, Out, Recovered>['known'], End> {
    const ground = { ...this.#ground(name), after: this.#knowing(name) as Scope & Named<Name, Out>['known'] };
    return this.#then(name, repeatNode(ground, call, options));
  }

  /**
   * Makes a call that hands its task token on, and waits until somebody answers with it (SendTaskSuccess).
   * The answer, checked against its schema, is known by the step's name. To ask a person for a yes use
   * `approval`.
   *
   * @example
   * ```ts
   * flow
   *   .callback('answer', ({ input }, token) => ask({ question: concat('Found ', input.id, '?'), token }), {
   *     answer: z.object({ approved: z.boolean() }),
   *     giveUpAfter: '2 days',
   *     heartbeat: '1 hour',
   *   })
   *   .returns(({ answer }) => answer.approved); // → true
   * ```
   * ```json
   * {
   *   "Answer": {
   *     "Type": "Task",
   *     "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
   *     "Arguments": {
   *       "FunctionName": "${Ask}",
   *       "Payload": {
   *         "question": "{% \"\" & \"Found \" & $input.id & \"?\" %}",
   *         "token": "{% $states.context.Task.Token %}"
   *       }
   *     },
   *     "TimeoutSeconds": 172800,
   *     "HeartbeatSeconds": 3600,
   *     "Retry": "…",
   *     "Assign": { "answer": "{% $states.result %}" },
   *     "Output": {},
   *     "Next": "Answer.Check"
   *   },
   *   "Answer.Refused": { "Type": "Fail", "Error": "InvalidAnswer", "Cause": "…" }
   * }
   * ```
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
  ): Flow<Scope & NamedResult<Name, z.output<Answer>, Recovered>['known'], End> {
    return this.#then(name, callbackNode(this.#ground(name), call, options));
  }

  /**
   * Asks a person by a call that hands the task token on. The answer is `{approved, by?, comment?}`
   * (`Approval`): a no, or no answer in time, fails the step with `NotApproved`. For any other answer use
   * `callback`.
   *
   * @example
   * ```ts
   * flow
   *   .approval('agreed', ({ input }, token) => ask({ question: concat('Ship ', input.id, '?'), token }), {
   *     giveUpAfter: '2 days',
   *   })
   *   .returns(({ agreed }) => agreed.by); // → "Grace"
   * ```
   * ```json
   * {
   *   "Agreed": {
   *     "Type": "Task",
   *     "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
   *     "Catch": [
   *       {
   *         "ErrorEquals": ["States.Timeout"],
   *         "Assign": { "agreed": { "approved": false, "comment": "nobody answered within 2 days" } },
   *         "Output": {},
   *         "Next": "Agreed.Approved"
   *       }
   *     ],
   *     "…": "…"
   *   },
   *   "Agreed.Approved": {
   *     "Type": "Choice",
   *     "Choices": [{ "Condition": "{% ($not($agreed.approved)) = true %}", "Next": "Agreed.Declined" }],
   *     "Default": "Return"
   *   },
   *   "Agreed.Declined": { "Type": "Fail", "Error": "NotApproved", "Cause": "…" }
   * }
   * ```
   */
  approval<const Name extends string, E extends string>(
    name: NewName<Name, Scope>,
    call: (scope: Scope, token: TaskToken) => Call<unknown, E>,
    options: ApprovalOptions<Scope, NoInfer<E>>,
  ): Flow<Scope & Named<Name, z.output<typeof Approval>>['known'], End> {
    return this.#then(name, approvalNode(this.#ground(name), call, options));
  }

  /**
   * Waits so long: a duration in words, or a number of seconds known when the machine runs. Until a time of
   * day or date use `waitUntil`, until something has happened `pollUntil`.
   *
   * @example
   * ```ts
   * flow.waitFor('cooling', '10 minutes').returns(() => 'cool'); // → "cool"
   * ```
   * ```json
   * { "Cooling": { "Type": "Wait", "Seconds": 600, "Next": "Return" } }
   * ```
   */
  waitFor<const Name extends string>(
    name: NewName<Name, Scope>,
    time: Duration | ((scope: Scope) => Expression<number>),
  ): Flow<Scope, End> {
    const given = typeof time === 'function' ? time(this.#scope) : seconds(time);
    return this.#append({ kind: 'wait', name: this.#named(name), wait: { seconds: operandOf(given) } });
  }

  /**
   * Waits until a time: ISO 8601 text, or one known when the machine runs. A time that has passed is no
   * wait.
   *
   * @example
   * ```ts
   * flow
   *   .waitUntil('morning', ({ input }) => addSeconds(input.placedAt, 86_400))
   *   .returns(() => context.State.EnteredTime); // → "2026-01-02T08:00:00.000Z"
   * ```
   * ```json
   * {
   *   "Morning": {
   *     "Type": "Wait",
   *     "Timestamp": "{% $fromMillis(($toMillis($input.placedAt) + 86400000)) %}",
   *     "Next": "Return"
   *   }
   * }
   * ```
   */
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
   * Takes the first way whose condition holds, else `otherwise`, or none; what the way returns is known by
   * the step's name. Where one value decides among few use `match`; to compute a value use the operator
   * `ifElse`.
   *
   * @example
   * ```ts
   * flow
   *   .choose('postage', (ways) =>
   *     ways
   *       .when(
   *         'fast',
   *         ({ input }) => input.express,
   *         (way) => way.returns(() => 990),
   *       )
   *       .otherwise((way) => way.returns(() => 490)),
   *   )
   *   .returns(({ input, postage }) => add(input.cents, postage)); // → 2240
   * ```
   * ```json
   * {
   *   "Postage": {
   *     "Type": "Choice",
   *     "Choices": [{ "Condition": "{% ($input.express) = true %}", "Next": "Postage.Fast.Return" }],
   *     "Default": "Postage.Otherwise.Return"
   *   },
   *   "Postage.Fast.Return": { "Type": "Pass", "Assign": { "postage": 990 }, "Output": {}, "Next": "Return" },
   *   "Postage.Otherwise.Return": { "Type": "Pass", "Assign": { "postage": 490 }, "Output": {}, "Next": "Return" }
   * }
   * ```
   */
  choose<const Name extends string, Result>(
    name: NewName<Name, Scope>,
    ways: (choose: Ways<Scope, Within<End>, never>) => Chosen<Result>,
  ): Flow<Scope & Named<Name, Result>['known'], End> {
    const { cases, otherwiseFlow: otherwise } = ways(
      new Ways<Scope, Within<End>, never>(this.#scope, (label) => this.#way(name, label), []),
    );
    if (cases.length === 0)
      throw new DefinitionError(`${this.#at(name)}: a choice needs a condition; add when(), or leave it out`);
    return this.#then(name, { kind: 'choose', name: textOf(name), cases, otherwise });
  }

  /**
   * Takes the way that is named like the value: one for each that its type allows, and a missing one does
   * not compile. `kindOf(value, 'kind')` tells the alternatives of a discriminated union apart, and each way
   * gets the value as the alternative that it is. For conditions use `choose`.
   *
   * @example
   * ```ts
   * flow
   *   .match('told', ({ input }) => input.status, {
   *     open: (way) => way.returns(() => 'not paid yet'),
   *     paid: (way) => way.returns(() => 'to be shipped'),
   *     shipped: (way) => way.returns(() => 'on its way'),
   *   })
   *   .returns(({ told }) => told); // → "not paid yet"
   * ```
   * ```json
   * {
   *   "Told": {
   *     "Type": "Choice",
   *     "Choices": [
   *       { "Condition": "{% $input.status = \"open\" %}", "Next": "Told.Open.Return" },
   *       { "Condition": "{% $input.status = \"paid\" %}", "Next": "Told.Paid.Return" },
   *       { "Condition": "{% $input.status = \"shipped\" %}", "Next": "Told.Shipped.Return" }
   *     ],
   *     "Default": "Told.Otherwise.Unknown"
   *   },
   *   "Told.Otherwise.Unknown": {
   *     "Type": "Fail",
   *     "Error": "UnknownCase",
   *     "Cause": "Example › told: the value is none of open, paid, shipped"
   *   }
   * }
   * ```
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
    Scope &
      Named<
        Name,
        { [K in keyof W]: W[K] extends (...given: never) => infer B ? Outcome<B> : never }[keyof W]
      >['known'],
    End
  > {
    const ground = { ...this.#ground(name), way: (label: string) => this.#way(name, label) };
    return this.#then(name, matchNode<Scope, Within<End>>(ground, on(this.#scope), ways));
  }

  /**
   * Runs branches side by side; all must succeed, and one that fails stops the others. The result has each
   * branch's result by its name. For the same work on each element of a list use `forEach`.
   *
   * @example
   * ```ts
   * flow
   *   .parallel('ready', {
   *     packed: (branch) => branch.waitFor('packing', '5 minutes').returns(() => 'box 3'),
   *     labelled: (branch) => branch.returns(({ input }) => concat('to ', input.customer.name)),
   *   })
   *   .returns(({ ready }) => concat(ready.packed, ' ', ready.labelled)); // → "box 3 to Ada"
   * ```
   * ```json
   * {
   *   "Ready": {
   *     "Type": "Parallel",
   *     "Branches": [
   *       { "StartAt": "Ready.Packed.Packing", "States": "…" },
   *       { "StartAt": "Ready.Labelled.Return", "States": "…" }
   *     ],
   *     "Assign": {
   *       "ready": { "packed": "{% $states.result[0] %}", "labelled": "{% $states.result[1] %}" }
   *     },
   *     "Output": {},
   *     "Next": "Return"
   *   }
   * }
   * ```
   */
  parallel<
    const Name extends string,
    Branches extends Record<string, (branch: Flow<Scope, Inside<End>>) => Body<unknown>>,
  >(
    name: NewName<Name, Scope>,
    branches: Branches,
    options: { readonly retry?: readonly RetryPolicy[] } = {},
  ): Flow<Scope & NamedBranches<Name, Branches>['known'], End> {
    const { place } = this.#ground(name);
    const flows = Object.entries(branches).map(([label, body]) => {
      return [label, body(this.#inside<Scope>(this.#scope, name, label)).node] as const;
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

  /**
   * Runs the body for each element within this execution: at most 40 at once, and all in one history of
   * 25,000 events. For more, or for items in S3, use `forEachDistributed`; to compute a list use the
   * operator `map`.
   *
   * @example
   * ```ts
   * flow
   *   .forEach('shelves', {
   *     of: ({ input }) => input.items,
   *     as: 'item',
   *     atOnce: 10,
   *     do: (each) =>
   *       each
   *         .run('reserved', ({ item }) => reserve({ sku: item.sku, count: item.count }))
   *         .returns(({ reserved }) => reserved.shelf),
   *   })
   *   .returns(({ shelves }) => shelves); // → ["shelf of tea", "shelf of cup"]
   * ```
   * ```json
   * {
   *   "Shelves": {
   *     "Type": "Map",
   *     "Items": "{% $input.items %}",
   *     "ItemSelector": "…",
   *     "MaxConcurrency": 10,
   *     "ItemProcessor": {
   *       "ProcessorConfig": { "Mode": "INLINE" },
   *       "StartAt": "Shelves.Each",
   *       "States": "…"
   *     },
   *     "Assign": { "shelves": "{% $states.result %}" },
   *     "Output": {},
   *     "Next": "Return"
   *   },
   *   "Shelves.Each": {
   *     "Type": "Pass",
   *     "Assign": { "item": "{% $states.input.item %}" },
   *     "Output": {},
   *     "Next": "Shelves.Reserved"
   *   },
   *   "Shelves.Return": { "Type": "Succeed", "Output": "{% $reserved.shelf %}" }
   * }
   * ```
   */
  forEach<const Name extends string, Item, const As extends string, Result = undefined>(
    name: NewName<Name, Scope>,
    options: ForEachOptions<Scope, Inside<End>, Item, As, Result>,
  ): Flow<Scope & Named<Name, Result[]>['known'], End> {
    const ground = { ...this.#ground(name), mode: 'inline' } as const;
    const scope = this.#knowingEach(name, options.as) as Scope & Named<As, Item>['known'];
    const body = options.do(this.#inside(scope, name));
    return this.#then(name, forEachNode(ground, options, body));
  }

  /**
   * Runs the body for each element in a child execution of its own: up to 10,000 at once, each with its own
   * history. What the body uses from outside is passed in by the compiler. For short lists `forEach` is
   * faster and cheaper.
   *
   * @example
   * ```ts
   * flow
   *   .forEachDistributed('counted', {
   *     of: () => csvItems({ Bucket: 'shop', Key: 'orders.csv' }),
   *     as: 'rows',
   *     atOnce: 100,
   *     batch: { items: 50 },
   *     tolerate: { percentage: 5 },
   *     do: (each) => each.returns(({ rows }) => ({ rows: count(rows) })),
   *   })
   *   .returns(({ counted }) => count(filter(counted, ({ rows }) => exists(rows)))); // → 1
   * ```
   * ```json
   * {
   *   "Counted": {
   *     "Type": "Map",
   *     "ItemReader": {
   *       "Resource": "arn:aws:states:::s3:getObject",
   *       "ReaderConfig": { "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW" },
   *       "Arguments": { "Bucket": "shop", "Key": "orders.csv" }
   *     },
   *     "ItemBatcher": { "MaxItemsPerBatch": 50 },
   *     "MaxConcurrency": 100,
   *     "ToleratedFailurePercentage": 5,
   *     "ItemProcessor": {
   *       "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
   *       "StartAt": "Counted.Each",
   *       "States": "…"
   *     },
   *     "…": "…"
   *   },
   *   "Counted.Return": { "Type": "Succeed", "Output": { "rows": "{% $count($rows) %}" } }
   * }
   * ```
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
  ): Flow<Scope & Named<Name, Gathered<Result, Failures, To>>['known'], End> {
    const ground = { ...this.#ground(name), mode: 'distributed' } as const;
    const scope = this.#knowingEach(name, options.as) as Scope & Named<As, Element<Item, B>>['known'];
    const body = options.do(this.#inside(scope, name));
    return this.#then(name, forEachNode(ground, options, body));
  }

  /**
   * Tries a part; a clause of `catch` named like the error answers it, `otherwise` any other error,
   * `finally` runs in any case. For a value in place of one call's result use its `recover`; to take back
   * what was done when a later step fails, its `undo`.
   *
   * @example
   * ```ts
   * flow
   *   .try('payment', {
   *     do: (body) =>
   *       body
   *         .run('paid', ({ input }) => charge({ order: input.id, cents: 9999 }))
   *         .returns(({ paid }) => paid.receipt),
   *     catch: { CardDeclined: (way, error) => way.returns(() => concat('by bill: ', error.Cause)) },
   *   })
   *   .returns(({ payment }) => payment); // → "by bill: more than 50 €"
   * ```
   * ```json
   * {
   *   "Payment.Paid": {
   *     "Type": "Task",
   *     "Catch": [
   *       {
   *         "ErrorEquals": ["CardDeclined"],
   *         "Assign": { "payment_failure": "…" },
   *         "Output": {},
   *         "Next": "Payment.Caught"
   *       }
   *     ],
   *     "Next": "Payment.Return",
   *     "…": "…"
   *   },
   *   "Payment.Caught": { "Type": "Pass", "Assign": "…", "Output": {}, "Next": "Payment.Which" },
   *   "Payment.Which": {
   *     "Type": "Choice",
   *     "Choices": [
   *       {
   *         "Condition": "{% $payment_failure.Error = \"CardDeclined\" %}",
   *         "Next": "Payment.CardDeclined.Return"
   *       }
   *     ],
   *     "Default": "Payment.Raised"
   *   }
   * }
   * ```
   */
  try<
    const Name extends string,
    Done,
    Clauses extends { readonly [name: string]: unknown } = { readonly [name in never]: never },
    Otherwise = never,
  >(
    name: NewName<Name, Scope>,
    parts: TryParts<Scope, Within<End>, Done, Clauses, Otherwise>,
  ): Flow<Scope & Named<Name, Done | Clauses[keyof Clauses] | Otherwise>['known'], End> {
    const ground = {
      ...this.#ground(name),
      way: (label?: string) => this.#way(name, label),
    };
    return this.#then(name, tryNode<Scope, Within<End>>(ground, parts));
  }

  /**
   * From here on no undo runs. A failure stays where it happened, so that a redrive goes on from there
   * (`stayForRedrive`), or ends the execution with its error in plain words (`endInWords`). Leave it out
   * when everything can be undone to the end.
   *
   * @example
   * ```ts
   * flow
   *   .run('paid', ({ input }) => charge({ order: input.id, cents: input.cents }), {
   *     undo: ({ input }) => refund({ order: input.id }),
   *   })
   *   .pointOfNoReturn({ failures: 'stayForRedrive' })
   *   .run('shipped', ({ input }) => ship({ order: input.id }))
   *   .returns(({ shipped }) => shipped.parcel); // → "o-7"
   * ```
   * ```json
   * {
   *   "Paid": {
   *     "Type": "Task",
   *     "Catch": [
   *       { "ErrorEquals": ["States.ALL"], "Assign": "…", "Output": {}, "Next": "Paid.Undo" }
   *     ],
   *     "…": "…"
   *   },
   *   "Shipped": {
   *     "Type": "Task",
   *     "Resource": "arn:aws:states:::states:startExecution.sync:2",
   *     "Arguments": { "StateMachineArn": "${Ship}", "Input": { "order": "{% $input.id %}" } },
   *     "TimeoutSeconds": 432060,
   *     "Retry": "…",
   *     "Assign": { "shipped": "{% {\"parcel\": $states.result.Output.parcel} %}" },
   *     "Output": {},
   *     "Next": "Return"
   *   }
   * }
   * ```
   */
  pointOfNoReturn(
    this: End extends { readonly in: 'workflow' } ? Flow<Scope, End> : never,
    options: NoReturnOptions,
  ): Flow<Scope, End> {
    return (this as Flow<Scope, End>).#withoutReturn(options);
  }

  /**
   * Ends the whole workflow as a failure, with one of the errors that it declares; an error that it does not
   * declare does not compile. To end it well use `succeed`.
   *
   * @example
   * ```ts
   * flow
   *   .choose('stock', (ways) =>
   *     ways.when(
   *       'none',
   *       ({ input }) => equals(input.status, 'open'),
   *       (way) => way.fail('sorry', 'OutOfStock', ({ input }) => concat('no cup for ', input.id)),
   *     ),
   *   )
   *   .returns(() => 'in stock'); // → fails with OutOfStock: no cup for o-7
   * ```
   * ```json
   * {
   *   "Stock.None.Sorry": {
   *     "Type": "Fail",
   *     "Error": "OutOfStock",
   *     "Cause": "{% \"\" & \"no cup for \" & $input.id %}"
   *   }
   * }
   * ```
   */
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

  /**
   * Ends the whole workflow early and well, from a way of a choice or a part of a try, with its output. At
   * its end a workflow says `returns`.
   *
   * @example
   * ```ts
   * flow
   *   .choose('known', (ways) =>
   *     ways.when(
   *       'open',
   *       ({ input }) => equals(input.status, 'open'),
   *       (way) => way.succeed('nothingToDo', ({ input }) => input.id),
   *     ),
   *   )
   *   .waitFor('shipping', '5 days')
   *   .returns(() => 'shipped'); // → "o-7"
   * ```
   * ```json
   * { "Known.Open.NothingToDo": { "Type": "Succeed", "Output": "{% $input.id %}" } }
   * ```
   */
  succeed<const Name extends string, Out extends z.ZodType, E extends string>(
    this: Flow<Scope, WayEnd<Out, E>>,
    name: NewName<Name, Scope>,
    output: (scope: Scope) => Template<z.input<Out>>,
  ): Finished<never> {
    const said = templateOf(output(this.#scope), this.#at(name));
    return this.#finish({ kind: 'succeed', name: this.#named(name), output: said });
  }

  /**
   * Ends the flow with its result; a workflow's must fit its output schema, and makes the workflow. What a
   * way, a branch or a body returns is known outside by the step's name.
   *
   * @example
   * ```ts
   * flow.returns(({ input }) => ({ order: input.id, pieces: count(input.items) })); // → { "order": "o-7", "pieces": 2 }
   * ```
   * ```json
   * {
   *   "Return": {
   *     "Type": "Succeed",
   *     "Output": { "order": "{% $input.id %}", "pieces": "{% $count($input.items) %}" }
   *   }
   * }
   * ```
   */
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
  #way(name: unknown, label?: string): Flow<Scope, Within<End>> {
    const end = { in: this.#end.in === 'branch' ? 'branch' : 'way', errors: this.#end.errors } as const;
    return new Flow(end as unknown as AnyEnd & Within<End>, this.#at(name, label), {
      scope: this.#scope,
      steps: [],
      around: [...this.#around, textOf(name)],
    });
  }

  /** A flow for what runs beside the sequence, in a scope of its own. */
  #inside<S>(scope: S, name: unknown, label?: string): Flow<S, Inside<End>> {
    const end: BranchEnd<string> = { in: 'branch', errors: this.#end.errors };
    return new Flow(end as unknown as AnyEnd & Inside<End>, this.#at(name, label), {
      scope,
      steps: [],
      around: [...this.#around, textOf(name)],
    });
  }

  /** The scope of a loop's body: what is known here, and the element. */
  #knowingEach(name: unknown, as: string): Scope {
    this.#named(as);
    if (as === name)
      throw new DefinitionError(
        `${this.#at(name)}: '${as}' is the name of something else; give 'as' a new name`,
      );
    return this.#knowing(as);
  }

  #at(name: unknown, label?: string): string {
    return [this.#place, textOf(name), ...(label === undefined ? [] : [label])].join(' › ');
  }

  /** What is known here, and a value of that name. */
  #knowing(name: unknown): Scope {
    return { ...this.#scope, [textOf(name)]: referenceTo(textOf(name)) };
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
      around: this.#around,
    });
  }

  #then<Name extends string, T>(
    name: NewName<Name, Scope>,
    step: StepNode,
  ): Flow<Scope & Named<Name, T>['known'], End> {
    this.#named(name);
    const scope = this.#knowing(name) as Scope & Named<Name, T>['known'];
    const state = { scope, steps: [...this.#steps, step], around: this.#around };
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
    if (jsonataFunctions.has(name))
      throw new DefinitionError(
        `${this.#at(name)}: a step's name is a variable's name, and would hide JSONata's function '$${name}'; ` +
          `choose another, for example '${name}Result'`,
      );
    if (Object.hasOwn(this.#scope as object, name) || this.#around.includes(name))
      throw new DefinitionError(
        `${this.#at(name)}: a step or value of that name is there already; choose another`,
      );
    return name;
  }
}

/** A name is a string, or the type's complaint that it is taken: then the code did not compile. */
const textOf = (name: unknown): string => name as string;

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
