import type { JsonObject } from '../asl/machine.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { WorkflowNode } from '../ast/step-node.ts';
import type { Draft, DraftFlow } from './draft.ts';
import { inputFaults } from './input-faults.ts';
import { literal, operation, states, value, variable } from '../ast/node.ts';

/**
 * The machine refuses bad input itself: its first states test the input against the workflow's schema, end
 * the execution with every fault in the cause, or set `$input`, with the schema's defaults, for the steps.
 */
export function guardInput(flow: DraftFlow, workflow: WorkflowNode): DraftFlow {
  const check = inputFaults(workflow.input, '$states.input');
  const guard: readonly Draft[] = [
    {
      type: 'Pass',
      name: 'Input.Check',
      undos: null,
      assign: { input_faults: value({ kind: 'raw', jsonata: check.jsonata }) },
      keepsInput: true,
      next: 'Input.Valid',
    },
    {
      type: 'Choice',
      name: 'Input.Valid',
      undos: null,
      choices: [
        { when: operation('=', operation('count', variable('input_faults')), literal(0)), next: 'Input' },
      ],
      otherwise: 'Input.Refused',
    },
    {
      type: 'Fail',
      name: 'Input.Refused',
      undos: null,
      error: literal('InvalidInput'),
      cause: operation(
        '&',
        literal(`${workflow.name} refuses its input: `),
        operation('join', variable('input_faults'), literal('; ')),
      ),
    },
    {
      type: 'Pass',
      name: 'Input',
      undos: null,
      assign: { input: value(withDefaults(workflow)) },
      next: flow.startAt,
    },
  ];
  return { startAt: 'Input.Check', states: [...guard, ...flow.states] };
}

function withDefaults(workflow: WorkflowNode) {
  const properties = Object.entries(
    (workflow.input.properties ?? {}) as Readonly<Record<string, JsonObject>>,
  );
  const defaults = properties.filter(([, schema]) => schema.default !== undefined);
  const nested = properties.find(([, schema]) => hasDefaultBelow(schema));
  if (nested)
    throw new DefinitionError(
      `${workflow.name} › input.${nested[0]}: a default below the input's own fields is not applied by the machine; ` +
        `give the whole field a default, or make the inner one optional`,
    );
  if (defaults.length === 0) return states('input');
  const given = Object.fromEntries(defaults.map(([name, schema]) => [name, schema.default ?? null]));
  return operation('merge', literal(given), states('input'));
}

function hasDefaultBelow(schema: JsonObject): boolean {
  const below = [...Object.values((schema.properties ?? {}) as JsonObject), schema.items];
  return below.some(
    (inner) =>
      typeof inner === 'object' &&
      inner !== null &&
      !Array.isArray(inner) &&
      ((inner as JsonObject).default !== undefined || hasDefaultBelow(inner as JsonObject)),
  );
}
