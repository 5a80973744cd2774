import { states, value } from '../../ast/node.ts';
import type { UncheckedNode, WorkflowNode } from '../../ast/step-node.ts';
import type { DraftFlow } from '../draft.ts';
import { withDefaults } from './defaults.ts';
import { faultsOf } from './faults-of.ts';
import { guardStates } from './guard-states.ts';

/**
 * The machine refuses bad input itself: its first states test the input against the workflow's schema, end
 * the execution with every fault in the cause, or set `$input`, with the schema's defaults, for the steps.
 */
export function guardInput(flow: DraftFlow, workflow: WorkflowNode): DraftFlow {
  const around = { undos: null };
  const guard = guardStates({
    prefix: 'Input',
    schema: workflow.input,
    value: states('input'),
    called: 'input',
    variable: 'input_faults',
    error: 'InvalidInput',
    lead: `${workflow.name} refuses its input: `,
    next: 'Input',
    around,
    keepsInput: true,
  });
  const input = value(withDefaults(workflow.input, states('input'), `${workflow.name} › input`));
  return {
    startAt: 'Input.Check',
    states: [
      ...guard.states,
      { ...around, type: 'Pass', name: 'Input', assign: { input }, next: flow.startAt },
      ...flow.states,
    ],
  };
}

/** What the input's schema says that the machine does not check; the first task's own zod is left with it. */
export const uncheckedInput = (workflow: WorkflowNode): readonly UncheckedNode[] => [
  ...workflow.unchecked,
  ...faultsOf(workflow.input, states('input'), 'input').unchecked,
];
