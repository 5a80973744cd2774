import { DefinitionError } from '../../ast/definition-error.ts';
import type { ExpressionNode } from '../../ast/expression-node.ts';
import { literal } from '../../ast/node.ts';
import type { BatchNode, ForEachNode, PermissionNode, StepNode, ToleranceNode } from '../../ast/step-node.ts';
import { type Expression, type Template, nodeOf } from '../../expression/expression.ts';
import type { ItemIn } from '../../expression/list-given.ts';
import { operandOf, templateOf } from '../../expression/template.ts';
import { flowOf } from '../body.ts';
import { type Ground, calledWith, optionsOf } from '../checked.ts';
import type { Flow } from '../flow.ts';
import { type ItemSource, itemSourceNode } from '../item-source.ts';
import { type RetryPolicy, policiesOf, retryNode } from '../retry.ts';
import type { Named, Recoverable } from '../scope.ts';
import type { List } from '../settled.ts';
import { shown } from '../shown.ts';
import type { StepGround } from '../standing.ts';

/** An element of what a loop goes over. */
export type ItemOf<Of> = Of extends ItemSource<infer Item> ? Item : ItemIn<Of>;

/** The name of an element, which nothing else may have; else the sentence that the editor shows. */
export type ElementName<As extends string, Name extends string, Scope> = As extends Name | keyof Scope
  ? { readonly error: `'${As}' is the name of something else; give 'as' a new name` }
  : As;

/** What every loop says. */
interface LoopOptions<As extends string> {
  /** The name that the body knows the element by: a new one. */
  readonly as: As;
  /** Errors after which the whole loop runs again: every iteration, also those that had succeeded. Default none. */
  readonly retry?: readonly RetryPolicy[];
}

/** What a loop over a list says; `End` is what its body is inside of. */
export interface ForEachOptions<Scope, End, Of, As extends string, Done> extends LoopOptions<As> {
  /** A list that is known when the machine runs, or one that is written out. */
  readonly of: (scope: Scope) => Of;
  /** How many iterations run at a time: at most 40. */
  readonly atOnce: number;
  readonly do: (each: Flow<Scope & Named<As, ItemOf<Of>>['known'], End>) => Done;
}

/** How many items one child execution gets, or how many bytes of them; the body's element is then a list. */
export type Batch = { readonly items: number; readonly bytes?: number } | { readonly bytes: number };

/** The element that the body knows: one item, or a batch of them. */
export type Element<Item, B> = B extends Batch ? Item[] : Item;

/** Where results are written, in the spelling of S3's API. */
export interface ResultFolder {
  readonly Bucket: string;
  readonly Prefix: string;
}

/** What a map leaves behind when its results are written to S3. */
export interface WrittenResults {
  readonly MapRunArn: string;
  readonly ResultWriterDetails: { readonly Bucket: string; readonly Key: string };
}

/**
 * What stands in the results for a child execution whose failure was tolerated: its description. Source: Step
 * Functions developer guide, "ResultWriter (Map)".
 */
export type FailedIteration = {
  readonly ExecutionArn: string;
  readonly Status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly Error: string;
  readonly Cause: string;
};

/** The result of a distributed loop: its bodies' results, or where they were written. */
export type Gathered<Result, Failures, To> = [To] extends [never]
  ? List<undefined extends Failures ? Result : Recoverable<Result, FailedIteration>>['out']
  : WrittenResults;

/** How many child executions, or which percentage of the items, may fail without failing the step. */
type Tolerance<Scope> =
  | { readonly failures: number | ((scope: Scope) => Expression<number>) }
  | { readonly percentage: number | ((scope: Scope) => Expression<number>) };

export interface DistributedOptions<
  Scope,
  End,
  Of,
  As extends string,
  Done,
  B extends Batch | undefined,
  Failures extends object | undefined,
  To extends Template<ResultFolder>,
> extends LoopOptions<As> {
  /** A list, or items that Step Functions reads from S3 itself. */
  readonly of: (scope: Scope) => Of;
  /**
   * How many child executions run at a time: at most 10,000. A function of what is known gives a number that the
   * machine computes, a whole one from 0; 0 is as many as 10,000, and any other number fails the step.
   */
  readonly atOnce: number | ((scope: Scope) => Expression<number>);
  readonly do: (each: Flow<Scope & Named<As, Element<ItemOf<Of>, B>>['known'], End>) => Done;
  /** Gives each child execution several items (ItemBatcher): fewer executions, fewer history events. Default one. */
  readonly batch?: B;
  /** Default none. The result then has each tolerated failure in the place of its result. */
  readonly tolerate?: Failures & Tolerance<Scope>;
  /** Writes the results to S3 (ResultWriter) instead of giving them back, the default: for more than 256 KiB. */
  readonly results?: (scope: Scope) => To;
  /**
   * What the machine's role needs to read the items and write the results, instead of every bucket, when the
   * bucket is known only when the machine runs; and beyond what follows from them, for example the use of a
   * bucket's KMS key. In an ARN `${Partition}`, `${Region}` and `${Account}` are the deployment's own.
   */
  readonly permissions?: readonly PermissionNode[];
}

const MOST = { inline: 40, distributed: 10_000 } as const;

/** What the node is made of, whatever the types of its items. */
interface Loop {
  readonly of?: unknown;
  readonly as?: unknown;
  readonly do?: unknown;
  readonly atOnce: unknown;
  readonly retry?: readonly RetryPolicy[];
  readonly batch?: Batch | undefined;
  readonly tolerate?: object | undefined;
  readonly results?: unknown;
  readonly permissions?: readonly PermissionNode[];
}

type Looping = StepGround & { readonly mode: 'inline' | 'distributed' };

const OPTIONS = {
  inline: ['of', 'as', 'atOnce', 'do', 'retry'],
  distributed: ['of', 'as', 'atOnce', 'do', 'retry', 'batch', 'tolerate', 'results', 'permissions'],
} as const;

export function forEachNode(ground: Looping, given: Loop): StepNode {
  const { place, mode } = ground;
  const options = optionsOf(given, OPTIONS[mode], place);
  const { as, start } = ground.each(options.as);
  const of: unknown = calledWith(options.of, ground, 'of');
  return {
    kind: 'forEach',
    name: ground.name,
    mode,
    of: itemsOf(of, ground),
    as,
    atOnce: atOnceNode(options.atOnce, ground),
    flow: flowOf(options.do, start, { what: 'do' }),
    retry: policiesOf(options.retry, place).map((policy) => retryNode(policy, place)),
    ...(options.batch !== undefined ? { batch: batchNode(options.batch, place) } : {}),
    ...(options.tolerate !== undefined ? { tolerated: toleranceNode(options.tolerate, ground) } : {}),
    ...(options.permissions ? { permissions: options.permissions } : {}),
    ...(options.results === undefined
      ? {}
      : { results: templateOf(calledWith(options.results, ground, 'results'), `${place} › results`) }),
  };
}

function atOnceNode(given: unknown, ground: Looping): ExpressionNode {
  const { place, mode } = ground;
  const computed = mode === 'distributed' && typeof given === 'function';
  const node = computed ? operandOf(calledWith(given, ground, 'atOnce')) : undefined;
  if (node !== undefined && node.kind !== 'literal') return node;
  const fixed: unknown = node === undefined ? given : node.value;
  const most = MOST[mode];
  if (typeof fixed !== 'number' || !Number.isInteger(fixed) || fixed < 1 || fixed > most)
    throw new DefinitionError(
      `${place}: atOnce must be a whole number from 1 to ${most}, got ${shown(fixed)}; ` +
        `Step Functions runs no more ${mode} iterations at a time`,
    );
  return literal(fixed);
}

function itemsOf(given: unknown, { place, mode }: Looping): ForEachNode['of'] {
  const source = itemSourceNode(given);
  if (source !== undefined && mode === 'inline')
    throw new DefinitionError(
      `${place}: only a distributed loop reads its items from S3, got ${source.action}; use forEachDistributed`,
    );
  if (source !== undefined) return source;
  if (Array.isArray(given) || nodeOf(given) !== undefined) return operandOf(given);
  throw new DefinitionError(
    `${place}: of must give a list, got ${shown(given)}; write ({ input }) => input.items, or a list of values`,
  );
}

function batchNode(given: Batch, place: string): BatchNode {
  const batch = optionsOf(given, ['items', 'bytes'], `${place} › batch`);
  if (Object.keys(batch).length === 0)
    throw new DefinitionError(
      `${place} › batch: say items or bytes, or both, got neither; write for example { items: 50 }`,
    );
  const items = 'items' in batch ? batch.items : undefined;
  for (const [what, size] of [
    ['items', items],
    ['bytes', batch.bytes],
  ] as const)
    if (size !== undefined && (!Number.isInteger(size) || size < 1))
      throw new DefinitionError(
        `${place}: a batch's ${what} must be a whole number from 1, got ${shown(size)}; change it`,
      );
  if (batch.bytes !== undefined && batch.bytes > LARGEST_BATCH)
    throw new DefinitionError(
      `${place}: a batch of ${batch.bytes} bytes is more than a child execution's input may have; ` +
        `use at most ${LARGEST_BATCH}`,
    );
  return { items, bytes: batch.bytes };
}

/** Bytes: the largest input of an execution. Source: "Step Functions service quotas". */
const LARGEST_BATCH = 256 * 1024;

function toleranceNode(given: object, ground: Ground<unknown>): ToleranceNode {
  const place = `${ground.place} › tolerate`;
  const entries = Object.entries(optionsOf(given, ['failures', 'percentage'], place));
  const [[what, value] = []] = entries;
  if (entries.length !== 1)
    throw new DefinitionError(
      `${place}: say failures or percentage, one of them, got ${entries.length === 0 ? 'neither' : 'both'}; ` +
        `write for example { percentage: 5 }`,
    );
  const node = operandOf(
    typeof value === 'function' ? calledWith(value, { ...ground, place }, what ?? '') : value,
  );
  if (node.kind === 'literal' && !isTolerable(what, node.value))
    throw new DefinitionError(
      `${ground.place}: tolerate ${what === 'failures' ? 'a whole number of failures' : 'a percentage from 0 to 100'}, got ${shown(node.value)}; change it`,
    );
  return what === 'failures'
    ? { count: node, percentage: undefined }
    : { count: undefined, percentage: node };
}

const isTolerable = (what: unknown, value: unknown): boolean =>
  typeof value === 'number' &&
  value >= 0 &&
  (what === 'failures' ? Number.isSafeInteger(value) : value <= 100);
