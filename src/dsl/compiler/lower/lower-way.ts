import type { FlowNode } from '../../ast/step-node.ts';
import { stateName } from '../state-name.ts';
import { type Lowered, type Place, handlersAt } from './place.ts';

/** A flow within the sequence of another: its steps, and a Pass that keeps what it returns as `variable`. */
export function lowerWay(flow: FlowNode, place: Place, variable: string): Lowered {
  const { returns } = flow;
  if (returns === undefined) return place.lower.steps(flow.steps, place);
  const end = stateName([...place.path, 'Return']);
  const lowered = place.lower.steps(flow.steps, { ...place, next: end });
  const assign = { [variable]: returns };
  return {
    entry: lowered.entry,
    states: [...lowered.states, { type: 'Pass', name: end, ...handlersAt(place), assign, next: place.next }],
  };
}
