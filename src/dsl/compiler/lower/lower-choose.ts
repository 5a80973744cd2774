import type { ChooseNode, FlowNode } from '../../ast/step-node.ts';
import type { Draft } from '../draft.ts';
import { stateName } from '../state-name.ts';
import type { Lowered, Place } from './place.ts';

/** A Choice state; each way's result is assigned by a Pass at its end. */
export function lowerChoose(step: ChooseNode, place: Place): Lowered {
  const states: Draft[] = [];
  const way = (label: string, flow: FlowNode): string => {
    const path = [...place.path, label];
    let next = place.next;
    const ends = flow.steps.at(-1)?.kind === 'fail';
    if (flow.returns && !ends) {
      next = stateName([...path, 'Return']);
      states.push({
        type: 'Pass',
        name: next,
        undos: place.undos,
        assign: { [step.name]: flow.returns },
        next: place.next,
      });
    }
    const lowered = place.lower.steps(flow.steps, { path, next, undos: place.undos });
    states.unshift(...lowered.states);
    return lowered.entry;
  };
  const otherwise = way('otherwise', step.otherwise);
  const choices = [...step.cases]
    .reverse()
    .map(({ label, when, flow }) => ({ when, next: way(label, flow) }))
    .reverse();
  const name = stateName(place.path);
  return {
    entry: name,
    states: [{ type: 'Choice', name, undos: place.undos, choices, otherwise }, ...states],
  };
}
