import { DefinitionError } from '../../ast/definition-error.ts';
import type { StepNode } from '../../ast/step-node.ts';
import { flowOf } from '../body.ts';
import { optionsOf } from '../checked.ts';
import { type RetryPolicy, policiesOf, retryNode } from '../retry.ts';
import { shown } from '../shown.ts';
import type { StepGround } from '../standing.ts';

/** What the branches of a parallel step may be told together. */
export interface ParallelOptions {
  /** Errors after which all branches run again, also those that had succeeded. Default none. */
  readonly retry?: readonly RetryPolicy[];
}

export function parallelNode(
  { place, name, branch }: StepGround,
  branches: object,
  options: ParallelOptions,
): StepNode {
  if (typeof branches !== 'object' || branches === null || Array.isArray(branches))
    throw new DefinitionError(
      `${place}: the branches are an object, got ${shown(branches)}; write { left: (branch) => …, right: (branch) => … }`,
    );
  const flows = Object.entries(branches).map(
    ([label, body]) => [label, flowOf(body, branch(label), { what: 'the branch' })] as const,
  );
  if (flows.length === 0)
    throw new DefinitionError(`${place}: there is nothing to run side by side; add a branch`);
  const { retry } = optionsOf(options, ['retry'], place);
  return {
    kind: 'parallel',
    name,
    branches: Object.fromEntries(flows),
    retry: policiesOf(retry, place).map((policy) => retryNode(policy, place)),
  };
}
