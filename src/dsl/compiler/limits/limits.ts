import type { StateMachine } from '../../asl/machine.ts';
import type { WorkflowNode } from '../../ast/step-node.ts';
import type { DraftFlow } from '../draft.ts';
import { type HistoryReport, historyReports } from './history/history-report.ts';
import { itemsOfMaps, roundsOf } from './history/loop-bounds.ts';
import { shapesOfWorkflow } from '../shapes/flow-shapes.ts';
import { jsonBytes } from '../shapes/json-bytes.ts';
import { type PayloadBound, payloadBounds, variableBytes } from './payload-bounds.ts';
import { shapeOfSchema } from '../shapes/schema-shape.ts';
import { DEFINITION_BYTES, PAYLOAD_BYTES, VARIABLE_BYTES } from './quotas.ts';
import { stepPlaces } from '../step-places.ts';

/**
 * How near a workflow comes to the limits of Step Functions, before it has run once.
 *
 * @example
 * const eventLimits = ({ histories }: LimitsReport) => histories.map(({ limit }) => limit);
 * eventLimits(compile(ship).limits); // → [25000]
 */
export interface LimitsReport {
  /** Bytes of the definition, before the names in it become ARNs. */
  readonly definition: { readonly bytes: number; readonly limit: number };
  /** Of the workflow's own execution, then of the children of each distributed map. */
  readonly histories: readonly HistoryReport[];
  readonly payloads: {
    readonly limit: number;
    readonly bounds: readonly PayloadBound[];
  };
  /** All variables of the workflow's own execution together. */
  readonly variables: { readonly bytes: number | 'unknown'; readonly limit: number };
}

/** What a workflow may need of what Step Functions limits, from its machine, its loops and its schemas. */
export function limitsOf(
  workflow: WorkflowNode,
  { flow, machine }: { readonly flow: DraftFlow; readonly machine: StateMachine },
): LimitsReport {
  const input = shapeOfSchema(workflow.input);
  const shapes = shapesOfWorkflow(flow, workflow);
  const stepOf = stepPlaces(workflow);
  return {
    definition: { bytes: jsonBytes(JSON.parse(JSON.stringify(machine))), limit: DEFINITION_BYTES },
    histories: historyReports(machine, { rounds: roundsOf(workflow), items: itemsOfMaps(shapes), stepOf }),
    payloads: { limit: PAYLOAD_BYTES, bounds: payloadBounds(shapes, input, stepOf) },
    variables: { bytes: variableBytes(shapes), limit: VARIABLE_BYTES },
  };
}
