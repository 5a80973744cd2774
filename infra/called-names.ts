import type { CompiledWorkflow } from '../src/dsl/compiler/compile.ts';

type Called = Pick<CompiledWorkflow, 'name' | 'permissions'>;

/** The tasks whose functions a workflow invokes, by name. */
export const tasksCalled = ({ permissions }: Called): readonly string[] => namesOf(permissions, 'task');

/** The workflows that another one starts, by name; not itself, as a distributed map does. */
export const workflowsCalled = ({ name, permissions }: Called): readonly string[] =>
  namesOf(
    permissions.filter(({ actions }) => actions.includes('states:StartExecution')),
    'machine',
  ).filter((child) => child !== name);

const namesOf = (permissions: Called['permissions'], kind: 'task' | 'machine'): readonly string[] =>
  permissions
    .flatMap(({ resources }) => resources)
    .flatMap((resource) => (resource.kind === kind ? [resource.name] : []));
