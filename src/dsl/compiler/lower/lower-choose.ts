import type { ChooseNode, FlowNode } from '../../ast/step-node.ts';
import { stateName } from '../state-name.ts';
import { lowerWay } from './lower-way.ts';
import { type Lowered, type Place, handlersAt } from './place.ts';

/** A Choice state; each way's result is assigned by a Pass at its end. */
export function lowerChoose(step: ChooseNode, place: Place): Lowered {
  const way = (label: string, flow: FlowNode): Lowered =>
    lowerWay(flow, { ...place, path: [...place.path, label] }, step.name);
  const cases = step.cases.map(({ label, when, flow }) => ({ when, way: way(label, flow) }));
  const otherwise = way('otherwise', step.otherwise);
  const choices = cases.map((one) => ({ when: one.when, next: one.way.entry }));
  const name = stateName(place.path);
  return {
    entry: name,
    states: [
      { type: 'Choice', name, ...handlersAt(place), choices, otherwise: otherwise.entry },
      ...cases.flatMap((one) => one.way.states),
      ...otherwise.states,
    ],
  };
}
