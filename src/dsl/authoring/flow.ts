import type { z } from 'zod';
import type { FlowNode, StepNode } from '../ast/step-node.ts';
import type { Expression, Template } from '../expression/expression.ts';
import type { ListGiven } from '../expression/list-given.ts';
import { grownFrom } from './body.ts';
import type { Call, ErrorOf, Startable, WhatStarted } from './call.ts';
import type { DurationOf } from './duration.ts';
import type {
  Body,
  ErrorsOf,
  Finished,
  InOf,
  Inside,
  OnlyIn,
  Outcome,
  Returned,
  Returning,
  Succeeded,
  Within,
} from './flow-end.ts';
import type { ItemSource } from './item-source.ts';
import type { BranchResults, CallResult, Named, NamedUndone, NewName } from './scope.ts';
import { type Begin, type StepGround, type Standing, stepAt } from './standing.ts';
import {
  type Approved,
  type ApprovalOptions,
  type CallbackOptions,
  type TaskToken,
  approvalNode,
  callbackNode,
} from './steps/callback-step.ts';
import {
  type Chosen,
  type MatchWays,
  type NoOtherWays,
  type Ways,
  chooseNode,
  matchNode,
} from './steps/choose-step.ts';
import { failNode, returned, succeedNode } from './steps/end-step.ts';
import {
  type Batch,
  type DistributedOptions,
  type ElementName,
  type ForEachOptions,
  type Gathered,
  type ResultFolder,
  forEachNode,
} from './steps/for-each-step.ts';
import { type ParallelOptions, parallelNode } from './steps/parallel-step.ts';
import { type NoReturnOptions, pointOfNoReturnNode } from './steps/point-of-no-return.ts';
import { type PollError, type PollOptions, pollNode } from './steps/poll-step.ts';
import { type CursorOf, type RepeatOptions, repeatNode } from './steps/repeat-step.ts';
import { type RunOptions, type StartOptions, runNode, startNode } from './steps/run-step.ts';
import { type TryParts, tryNode } from './steps/try-step.ts';
import { waitForNode, waitUntilNode } from './steps/wait-step.ts';

/**
 * The steps so far and what they made known. Immutable: every call gives a new flow, and two may grow from
 * one stem. The callbacks run once, at definition; what they get are references, not values.
 *
 * In the examples `flow` is a workflow over an order; docs/examples.ts has it, its tasks and its input.
 */
export class Flow<Scope, End> {
  readonly #standing: Standing;
  /** Where it stands: a body must give back a flow of its own kind. */
  readonly in: InOf<End>;
  /** Tells a flow that goes on from one that has said how it ends. */
  readonly unfinished = true;

  constructor(standing: Standing) {
    this.#standing = standing;
    this.in = standing.end.in as InOf<End>;
    grownFrom(standing.stem, this);
  }

  get node(): FlowNode {
    return { steps: this.#standing.steps, returns: undefined };
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
   *     "Assign": { "paid": { "receipt": "{% $states.result.Payload.receipt %}" } },
   *     "Output": {},
   *     "Next": "Return"
   *   }
   * }
   * ```
   */
  run<const Name extends string, Out, E extends string, Caught extends E = never, const Recovered = never>(
    name: NewName<Name, Scope>,
    call: (scope: Scope) => Call<Out, E>,
    options: RunOptions<
      Scope,
      Scope & NamedUndone<Name, Out, Caught>['known'],
      End,
      NoInfer<E>,
      Caught,
      Recovered
    > = {},
  ): Flow<Scope & Named<Name, CallResult<Out, Recovered>>['known'], End> {
    return this.#then(name, (ground) => runNode(ground, call, options as object));
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
    Started extends Call<unknown>,
    Caught extends ErrorOf<Started> = never,
    const Recovered = never,
  >(
    name: NewName<Name, Scope>,
    call: (scope: Scope) => Started & Startable<Started>,
    options: StartOptions<Scope, NoInfer<ErrorOf<Started>>, Caught, Recovered> = {},
  ): Flow<Scope & Named<Name, CallResult<WhatStarted<Started>, Recovered>>['known'], End> {
    return this.#then(name, (ground) => startNode(ground, call, options as object));
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
  ): Flow<Scope & Named<Name, CallResult<Out, Recovered>>['known'], End> {
    return this.#then(name, (ground) => pollNode(ground, call, options));
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
   *       "archived": { "done": "{% $states.result.Payload.done %}" },
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
    call: (scope: Scope, cursor: CursorOf<Cursor>) => Call<Out, E>,
    options: RepeatOptions<Scope, Scope & Named<Name, Out>['known'], NoInfer<E>, Caught, Recovered, Cursor>,
  ): Flow<Scope & Named<Name, CallResult<Out, Recovered>>['known'], End> {
    return this.#then(name, (ground) => repeatNode(ground, call, options));
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
  ): Flow<Scope & Named<Name, CallResult<z.output<Answer>, Recovered>>['known'], End> {
    return this.#then(name, (ground) => callbackNode(ground, call, options));
  }

  /**
   * Asks a person by a call that hands the task token on. The answer is `{approved, by?, comment?}`
   * (`Approval`): a no, or no answer in time, fails the step with `NotApproved`. For any other answer use
   * `callback`. How long is waited may be computed: `giveUpAfter: { seconds: ({ input }) => input.patience, atMost:
   * '7 days' }` makes of it the `TimeoutSeconds` `{% $min([$input.patience, 604800]) %}`; `callback` takes it too.
   *
   * @example
   * ```ts
   * flow
   *   .approval('agreed', ({ input }, token) => ask({ question: concat('Ship ', input.id, '?'), token }), {
   *     giveUpAfter: '2 days',
   *   })
   *   .returns(({ agreed }) => orElse(agreed.by, 'somebody')); // → "Grace"
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
  ): Flow<Scope & Named<Name, Approved>['known'], End> {
    return this.#then(name, (ground) => approvalNode(ground, call, options));
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
  waitFor<const Name extends string, const Time extends string | ((scope: Scope) => Template<number>)>(
    name: NewName<Name, Scope>,
    time: Time & DurationOf<Time>,
  ): Flow<Scope, End> {
    return this.#past(name, (ground) => waitForNode(ground, time));
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
    return this.#past(name, (ground) => waitUntilNode(ground, time));
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
    return this.#then(name, (ground) => chooseNode(ground, ways));
  }

  /**
   * Takes the way that is named like the value, a text of a closed set or a boolean (`true` and `false`): one
   * for each that its type allows, and a missing one does not compile. `kindOf(value, 'kind')` tells the alternatives of a discriminated union apart, and each way
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
    On extends Expression<string> | Expression<boolean>,
    W extends MatchWays<Scope, Within<End>, On>,
  >(
    name: NewName<Name, Scope>,
    on: (scope: Scope) => On,
    ways: W & MatchWays<Scope, Within<End>, On> & NoOtherWays<W, On>,
  ): Flow<
    Scope &
      Named<
        Name,
        { [K in keyof W]: W[K] extends (...given: never) => infer B ? Outcome<B> : never }[keyof W]
      >['known'],
    End
  > {
    return this.#then(name, (ground) => matchNode(ground, on, ways));
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
    options: ParallelOptions = {},
  ): Flow<Scope & Named<Name, BranchResults<Branches>['all']>['known'], End> {
    return this.#then(name, (ground) => parallelNode(ground, branches, options));
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
  forEach<
    const Name extends string,
    const Of extends ListGiven,
    const As extends string,
    Done extends Body<unknown>,
  >(
    name: NewName<Name, Scope>,
    options: ForEachOptions<Scope, Inside<End>, Of, As, Done> & {
      readonly as: ElementName<As, Name, Scope>;
    },
  ): Flow<Scope & Named<Name, Outcome<Done>[]>['known'], End> {
    return this.#then(name, (ground) => forEachNode({ ...ground, mode: 'inline' }, options));
  }

  /**
   * Runs the body for each element in a child execution of its own: up to 10,000 at once (`atOnce`, a number or
   * what computes one: `({ input }) => input.width`), each with its own history. What the body uses from outside is passed in by the compiler. For short lists `forEach` is
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
    const Of extends ListGiven | ItemSource<unknown>,
    const As extends string,
    Failures extends object | undefined,
    Done extends Body<unknown>,
    const B extends Batch | undefined = undefined,
    To extends Template<ResultFolder> = never,
  >(
    name: NewName<Name, Scope>,
    options: DistributedOptions<Scope, Inside<End>, Of, As, Done, B, Failures, To> & {
      readonly as: ElementName<As, Name, Scope>;
    },
  ): Flow<Scope & Named<Name, Gathered<Outcome<Done>, Failures, To>>['known'], End> {
    return this.#then(name, (ground) => forEachNode({ ...ground, mode: 'distributed' }, options));
  }

  /**
   * Tries a part; a clause of `catch` named like the error answers it, `otherwise` any other error,
   * `finally` runs in any case. `compile` refuses a clause for an error that nothing tried can have. For a value in place of one call's result use its `recover`; to take back
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
    Done extends Body<unknown>,
    Clauses extends { readonly [name: string]: Body<unknown> } = { readonly [name in never]: never },
    Otherwise extends Body<unknown> = never,
  >(
    name: NewName<Name, Scope>,
    parts: TryParts<Scope, Within<End>, Done, Clauses, Otherwise>,
  ): Flow<
    Scope & Named<Name, Outcome<Done> | Outcome<Clauses[keyof Clauses]> | Outcome<Otherwise>>['known'],
    End
  > {
    return this.#then(name, (ground) => tryNode(ground, parts));
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
   *     "Assign": { "shipped": { "parcel": "{% $states.result.Output.parcel %}" } },
   *     "Output": {},
   *     "Next": "Return"
   *   }
   * }
   * ```
   */
  pointOfNoReturn(
    options: OnlyIn<
      End,
      'workflow',
      NoReturnOptions,
      "a point of no return stands in the workflow's own sequence, not in a branch, a way or a try"
    >,
  ): Flow<Scope, End> {
    const step = pointOfNoReturnNode(this.#standing, options as NoReturnOptions);
    return this.#with(step, this.#standing.scope) as Flow<Scope, End>;
  }

  /**
   * Fails a way, a branch, a loop's body or a part of a try, with one of the errors that the workflow declares;
   * another does not compile. A `try` around it answers it; else a branch's or body's failure fails its step, and
   * a way's the whole workflow. To end the workflow well use `succeed`.
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
    name: OnlyIn<
      End,
      'way' | 'branch',
      NewName<Name, Scope>,
      'a workflow cannot only fail: put it into a way of choose(), or end the workflow by returns()'
    >,
    error: ErrorsOf<End>,
    cause: (scope: Scope) => Template<string>,
  ): Finished<never> {
    return this.#end(name, (ground) => failNode(ground, { error, cause }));
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
  succeed<const Name extends string, const Result>(
    name: OnlyIn<
      End,
      'way',
      NewName<Name, Scope>,
      'only a way of the workflow can end it early: a branch ends by returns(), the workflow itself, too'
    >,
    output: (scope: Scope) => Succeeded<End, Result>,
  ): Finished<never> {
    return this.#end(name, (ground) => succeedNode(ground, output));
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
  returns<const Result>(result: (scope: Scope) => Returned<End, Result>): Returning<End, Result> {
    const { end, steps, stem } = this.#standing;
    const node: FlowNode = { steps, returns: returned(this.#standing, result) };
    const made = end.in === 'workflow' ? end.finish(node) : grownFrom(stem, { node });
    return made as Returning<End, Result>;
  }

  /** A step whose result is known behind it, as its verb's signature says. */
  #then(name: unknown, make: (ground: StepGround) => StepNode): never {
    const { step, after } = stepAt(this.#standing, name, { begin, make });
    return this.#with(step, after) as never;
  }

  /** A step without a result. */
  #past(name: unknown, make: (ground: StepGround) => StepNode): Flow<Scope, End> {
    const { step } = stepAt(this.#standing, name, { begin, make });
    return this.#with(step, this.#standing.scope) as Flow<Scope, End>;
  }

  #end(name: unknown, make: (ground: StepGround) => StepNode): Finished<never> {
    const { steps, stem } = this.#standing;
    const { step } = stepAt(this.#standing, name, { begin, make });
    const node: FlowNode = { steps: [...steps, step], returns: undefined };
    return grownFrom(stem, { node } as Finished<never>);
  }

  #with(step: StepNode, scope: object): object {
    return begin({ ...this.#standing, scope, steps: [...this.#standing.steps, step] });
  }
}

const begin: Begin = (standing) => new Flow(standing);
