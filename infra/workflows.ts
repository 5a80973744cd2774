import { compile, type CompiledWorkflow } from '../src/dsl/compiler/compile.ts';
import { allWorkflows } from '../src/workflow/all-workflows.ts';
import { drill } from '../src/workflow/drill.ts';
import { rewind } from '../src/workflow/rewind.ts';
import { workflowsCalled } from './called-names.ts';

/** The workflow that an engineer starts; the others are its children. */
export const MAIN_WORKFLOW = rewind.node.name;

/** The workflow that practises, by hand or by schedule. */
export const DRILL_WORKFLOW = drill.node.name;

/** Every workflow, compiled; children stand before the parents that start them. */
export const workflows: readonly CompiledWorkflow[] = childrenFirst(
  allWorkflows.map((workflow) => compile(workflow)),
);

function childrenFirst(compiled: readonly CompiledWorkflow[]): CompiledWorkflow[] {
  const ordered = new Set<CompiledWorkflow>();
  const add = (workflow: CompiledWorkflow): void => {
    const children = workflowsCalled(workflow);
    compiled.filter(({ name }) => children.includes(name)).forEach(add);
    ordered.add(workflow);
  };
  compiled.forEach(add);
  return [...ordered];
}
