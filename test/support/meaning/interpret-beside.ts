import type { Json } from '../../../src/dsl/asl/machine.ts';
import type { ForEachNode, ParallelNode, RetryNode } from '../../../src/dsl/ast/step-node.ts';
import type { CallTree } from './call-tree.ts';
import { evaluate, filled } from './evaluate.ts';
import { retryFor } from './interpret-calls.ts';
import { Scope } from './scope.ts';
import { type Surroundings, look } from './surroundings.ts';
import { WorkflowFailure } from './workflow-failure.ts';

/** How a branch or an iteration went, and which calls it made. */
interface Went {
  readonly calls: CallTree;
  readonly result: Json | undefined;
  readonly failure: WorkflowFailure | undefined;
}

function go(around: Surroundings, perform: (inner: Surroundings) => Json | undefined): Went {
  const parts: CallTree[] = [];
  const inner: Surroundings = { ...around, scope: new Scope(around.scope), told: parts };
  const calls: CallTree = { kind: 'sequence', parts };
  try {
    return { calls, result: perform(inner), failure: undefined };
  } catch (failure) {
    if (!(failure instanceof WorkflowFailure)) throw failure;
    return { calls, result: undefined, failure };
  }
}

/** Side by side: the first failure is everybody's, and what is beside it may not come to its end. */
function besideEachOther(all: readonly Went[], around: Surroundings): void {
  const failed = all.filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) {
    around.told.push({ kind: 'beside', parts: all.map(({ calls }) => calls) });
    return;
  }
  const first = failed[around.forks.choose(failed.length)] as Went;
  around.told.push({
    kind: 'beside',
    parts: all.map((one) => (one === first ? one.calls : { kind: 'stopped', part: one.calls })),
  });
  throw first.failure;
}

export function parallel(step: ParallelNode, around: Surroundings): Json {
  return again(step.retry, () => {
    const branches = Object.entries(step.branches);
    const all = branches.map(([label, flow]) =>
      go({ ...around, path: [...around.path, label] }, (inner) => inner.perform(flow, inner)),
    );
    besideEachOther(all, around);
    return Object.fromEntries(
      branches.flatMap(([label], index) => {
        const result = all[index]?.result;
        return result === undefined ? [] : [[label, result]];
      }),
    );
  });
}

export const forEach = (step: ForEachNode, around: Surroundings): Json =>
  again(step.retry, () => {
    if (step.of.kind === 'itemSource') throw new Error('nothing here draws items from S3');
    const items = evaluate(step.of, look(around)) as Json[];
    const iterate = (element: Json): Went =>
      go(around, (inner) => {
        inner.scope.set(step.as, element);
        return inner.perform(step.flow, inner) ?? {};
      });
    return step.mode === 'inline'
      ? inline(step, items, { around, iterate })
      : distributed(step, items, { around, iterate });
  });

interface Iterating {
  readonly around: Surroundings;
  readonly iterate: (element: Json) => Went;
}

function inline({ atOnce }: ForEachNode, items: readonly Json[], { around, iterate }: Iterating): Json {
  const all: Went[] = [];
  for (const item of items) {
    const went = iterate(item);
    all.push(went);
    if (atOnce > 1) continue;
    around.told.push(went.calls);
    if (went.failure) throw went.failure;
  }
  if (atOnce > 1) besideEachOther(all, around);
  return all.map(({ result }) => result ?? {});
}

/** Batches of items, so many of which may fail; a tolerated failure stands where its result would. */
function distributed(step: ForEachNode, items: readonly Json[], { around, iterate }: Iterating): Json {
  const size = step.batch?.items;
  const elements = size === undefined ? items : batchesOf(items, size);
  const itemsIn = (index: number) => (size === undefined ? 1 : (elements[index] as Json[]).length);
  const tolerated = toleratedBy(step, items.length, around);
  const all: Went[] = [];
  let failedItems = 0;
  for (const [index, element] of elements.entries()) {
    const went = iterate(element);
    all.push(went);
    if (went.failure) failedItems += itemsIn(index);
    if (step.atOnce === 1) around.told.push(went.calls);
    if (step.atOnce === 1 && failedItems > tolerated) break;
  }
  const exceeded = failedItems > tolerated;
  if (step.atOnce > 1)
    around.told.push({
      kind: 'beside',
      parts: all.map(({ calls }) => (exceeded ? { kind: 'stopped', part: calls } : calls)),
    });
  if (exceeded)
    throw new WorkflowFailure(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    );
  return all.map(({ result, failure }) => (failure ? { failed: failure.error } : (result ?? {})));
}

const batchesOf = (items: readonly Json[], size: number): readonly Json[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_none, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** How many items may fail; a percentage is of all of them. */
function toleratedBy({ tolerated }: ForEachNode, total: number, around: Surroundings): number {
  if (tolerated?.count) return Number(filled({ kind: 'value', value: tolerated.count }, look(around)));
  if (tolerated?.percentage === undefined) return 0;
  const share = Number(filled({ kind: 'value', value: tolerated.percentage }, look(around)));
  return Math.floor((share * total) / 100);
}

/** Makes the whole again for the errors that its retries name. */
function again(retry: readonly RetryNode[], perform: () => Json): Json {
  const left = retry.map(({ maxAttempts }) => maxAttempts);
  for (;;)
    try {
      return perform();
    } catch (failure) {
      const index = retryFor(failure, retry);
      if (index === -1 || left[index] === 0) throw failure;
      left[index] = (left[index] ?? 0) - 1;
    }
}
