import { DefinitionError } from '../../ast/definition-error.ts';
import type { BatchNode, PermissionNode, StepNode, ToleranceNode } from '../../ast/step-node.ts';
import type { Expression, Ref, Template } from '../../expression/expression.ts';
import { operandOf, templateOf } from '../../expression/template.ts';
import type { Body } from '../flow-end.ts';
import type { Flow } from '../flow.ts';
import { type ItemSource, itemSourceNode } from '../item-source.ts';
import { type RetryPolicy, retryNode } from '../retry.ts';
import type { Named, Recoverable } from '../scope.ts';
import type { Ground } from './call-options.ts';

/** What a loop over a list says; `End` is what its body is inside of. */
export interface ForEachOptions<Scope, End, Item, As extends string, Result> {
  readonly of: (scope: Scope) => Expression<readonly Item[]>;
  /** The name that the body knows the element by. */
  readonly as: As;
  /** How many iterations run at a time: inline at most 40, distributed at most 10,000. */
  readonly atOnce: number;
  readonly do: (each: Flow<Scope & Named<As, Item>['known'], End>) => Body<Result>;
  /** Errors after which the whole loop runs again: every iteration, also those that had succeeded. Default none. */
  readonly retry?: readonly RetryPolicy[];
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
  ? (Failures extends Tolerance<never> ? Recoverable<Result, FailedIteration> : Result)[]
  : WrittenResults;

/** How many child executions, or which percentage of the items, may fail without failing the step. */
export type Tolerance<Scope> =
  | { readonly failures: number | ((scope: Scope) => Expression<number>) }
  | { readonly percentage: number | ((scope: Scope) => Expression<number>) };

export interface DistributedOptions<
  Scope,
  End,
  Item,
  As extends string,
  Result,
  B extends Batch | undefined,
  Failures,
  To extends Template<ResultFolder>,
> extends Omit<ForEachOptions<Scope, End, Item, As, Result>, 'of' | 'do'> {
  /** A list, or items that Step Functions reads from S3 itself. */
  readonly of: (scope: Scope) => Expression<readonly Item[]> | ItemSource<Item>;
  readonly do: (each: Flow<Scope & Named<As, Element<Item, B>>['known'], End>) => Body<Result>;
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
  readonly of: (scope: never) => Expression<readonly unknown[]> | ItemSource<unknown>;
  readonly as: string;
  readonly atOnce: number;
  readonly retry?: readonly RetryPolicy[];
  readonly batch?: Batch | undefined;
  readonly tolerate?: { readonly failures: unknown } | { readonly percentage: unknown };
  readonly results?: unknown;
  readonly permissions?: readonly PermissionNode[];
}

export function forEachNode<Scope>(
  ground: Ground<Scope> & { readonly name: string; readonly mode: 'inline' | 'distributed' },
  options: Loop,
  body: Body<unknown>,
): StepNode {
  const { place, mode } = ground;
  const most = MOST[mode];
  if (!Number.isInteger(options.atOnce) || options.atOnce < 1 || options.atOnce > most)
    throw new DefinitionError(
      `${place}: atOnce must be a whole number from 1 to ${most}, got ${options.atOnce}; ` +
        `Step Functions runs no more ${mode} iterations at a time`,
    );
  const of = options.of(ground.scope as never);
  return {
    kind: 'forEach',
    name: ground.name,
    mode,
    of: itemSourceNode(of) ?? operandOf(of),
    as: options.as,
    atOnce: options.atOnce,
    flow: body.node,
    retry: (options.retry ?? []).map((policy) => retryNode(policy, place)),
    ...(options.batch ? { batch: batchNode(options.batch, place) } : {}),
    ...(options.tolerate ? { tolerated: toleranceNode(options.tolerate, ground) } : {}),
    ...(options.permissions ? { permissions: options.permissions } : {}),
    ...(typeof options.results === 'function'
      ? {
          results: templateOf(
            (options.results as (scope: Scope) => unknown)(ground.scope),
            `${place} › results`,
          ),
        }
      : {}),
  };
}

function batchNode(batch: Batch, place: string): BatchNode {
  const items = 'items' in batch ? batch.items : undefined;
  for (const [what, size] of [
    ['items', items],
    ['bytes', batch.bytes],
  ] as const)
    if (size !== undefined && (!Number.isInteger(size) || size < 1))
      throw new DefinitionError(`${place}: a batch's ${what} must be a whole number from 1, got ${size}`);
  if (batch.bytes !== undefined && batch.bytes > LARGEST_BATCH)
    throw new DefinitionError(
      `${place}: a batch of ${batch.bytes} bytes is more than a child execution's input may have; ` +
        `use at most ${LARGEST_BATCH}`,
    );
  return { items, bytes: batch.bytes };
}

/** Bytes: the largest input of an execution. Source: "Step Functions service quotas". */
const LARGEST_BATCH = 256 * 1024;

function toleranceNode<Scope>(
  given: { readonly failures: unknown } | { readonly percentage: unknown },
  { place, scope }: Ground<Scope>,
): ToleranceNode {
  const value = 'failures' in given ? given.failures : given.percentage;
  const most = 'failures' in given ? Number.MAX_SAFE_INTEGER : 100;
  if (
    typeof value === 'number' &&
    (value < 0 || value > most || ('failures' in given && !Number.isInteger(value)))
  )
    throw new DefinitionError(
      `${place}: tolerate ${'failures' in given ? 'a whole number of failures' : 'a percentage from 0 to 100'}, got ${value}`,
    );
  const node = operandOf(
    typeof value === 'function' ? (value as (scope: Scope) => Ref<number>)(scope) : value,
  );
  return 'failures' in given
    ? { count: node, percentage: undefined }
    : { count: undefined, percentage: node };
}
