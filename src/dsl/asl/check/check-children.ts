import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isObject } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';
import { resourceOf } from './resource.ts';

/** Child machines that may outlast the Task that waits for them, when their definitions are known. */
export const checkChildren: Check = ({ states, options }) =>
  states.flatMap((state): readonly Fault[] => {
    const timeout = state.value.TimeoutSeconds;
    const child = childOf(state, options.machines ?? new Map());
    if (child === undefined || typeof timeout !== 'number') return [];
    const { TimeoutSeconds: own } = child.definition;
    if (typeof own === 'number' && own < timeout) return [];
    const longer = typeof own === 'number' ? `has ${own} seconds` : 'has no TimeoutSeconds';
    return [
      {
        code: 'child-outlasts-parent',
        ...at(state, '/TimeoutSeconds'),
        problem: `the child machine ${child.name} ${longer}, and the task that waits for it ${timeout}`,
        remedy: `give ${child.name} a TimeoutSeconds below ${timeout}, or raise the task's`,
      },
    ];
  });

interface Child {
  readonly name: string;
  readonly definition: { readonly [field: string]: unknown };
}

function childOf(state: StateNode, machines: ReadonlyMap<string, unknown>): Child | undefined {
  const resource = state.type === 'Task' ? resourceOf(state.value.Resource) : undefined;
  if (
    resource?.kind !== 'optimised' ||
    resource.service !== 'states' ||
    !resource.pattern.startsWith('.sync')
  )
    return undefined;
  const given = state.value.Arguments ?? state.value.Parameters;
  const name = isObject(given) ? nameOf(given.StateMachineArn) : undefined;
  const definition = name === undefined ? undefined : machines.get(name);
  return name !== undefined && isObject(definition) ? { name, definition } : undefined;
}

/** The machine's name in `${Name}`, `${NameArn}`, or an ARN that ends in it. */
function nameOf(arn: unknown): string | undefined {
  if (typeof arn !== 'string') return undefined;
  return /^\$\{(\w+?)(?:Arn)?\}$/.exec(arn)?.[1] ?? /:stateMachine:([^:]+)/.exec(arn)?.[1];
}
