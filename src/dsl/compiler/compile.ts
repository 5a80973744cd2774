import type { StateMachine } from '../asl/machine.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { WorkflowNode } from '../ast/step-node.ts';
import { captureOuter } from './capture-outer.ts';
import { checkBounds } from './check-bounds.ts';
import { checkNames } from './check-names.ts';
import type { DraftFlow } from './draft.ts';
import { emitStates } from './emit.ts';
import { guardInput } from './guard-input.ts';
import { lowerFlow } from './lower/lower-flow.ts';
import { type Needs, needsOf } from './needs.ts';
import { pruneVariables } from './prune-variables.ts';
import { routeUndos } from './route-undos.ts';
import { spellSdkNames } from './spell-sdk-names.ts';

/** What one compile makes of a workflow. */
export interface CompiledWorkflow {
  readonly name: string;
  /** JSONata ASL; functions and machines stand as `${Name}`, for CDK's definition substitutions. */
  readonly machine: StateMachine;
  readonly needs: Needs;
}

type Pass = (flow: DraftFlow, workflow: WorkflowNode) => DraftFlow;

/** The passes between steps and ASL, in order; each is a pure function of drafts. */
const PASSES: readonly { readonly name: string; readonly run: Pass }[] = [
  { name: 'route undos', run: routeUndos },
  { name: 'guard input', run: guardInput },
  { name: 'spell SDK names', run: spellSdkNames },
  { name: 'capture outer variables', run: captureOuter },
  { name: 'prune variables', run: pruneVariables },
];

/**
 * Compiles a workflow to Amazon States Language. The same workflow gives the same bytes.
 * @throws DefinitionError naming the step and the remedy.
 */
export function compile(workflow: { readonly node: WorkflowNode }): CompiledWorkflow {
  const { node } = workflow;
  const lowered = lowerFlow(node.flow, { path: [], undos: [] });
  const flow = PASSES.reduce((current, pass) => pass.run(current, node), lowered);
  const faults = [...checkBounds(node), ...checkNames(flow, node.name)];
  if (faults.length > 0) throw new DefinitionError(faults.join('\n'));
  return {
    name: node.name,
    machine: {
      ...(node.comment === undefined ? {} : { Comment: node.comment }),
      QueryLanguage: 'JSONata',
      TimeoutSeconds: node.timeoutSeconds,
      ...emitStates(flow),
    },
    needs: needsOf(node),
  };
}

/** A machine as the text that is committed, compared and deployed. */
export const machineText = (machine: StateMachine): string => `${JSON.stringify(machine, null, 2)}\n`;
