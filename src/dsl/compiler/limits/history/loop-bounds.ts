import type { StepNode, WorkflowNode } from '../../../ast/step-node.ts';
import { stepsByState } from '../../step-places.ts';
import { shapeOf } from '../../shapes/expression-shape.ts';
import type { FlowShapes } from '../../shapes/flow-shapes.ts';
import { mostItems } from '../../shapes/shape.ts';

/** By the state that calls: how often a poll or a repeat makes its call at most. */
export const roundsOf = (workflow: WorkflowNode): ReadonlyMap<string, number> =>
  new Map(
    [...stepsByState(workflow)].flatMap(([state, { step }]) => {
      const rounds = callsAtMost(step);
      return rounds === undefined ? [] : [[state, rounds] as const];
    }),
  );

/** A poll gives up when its next call would come too late; the more time its calls take, the fewer they are. */
function callsAtMost(step: StepNode): number | undefined {
  if (step.kind === 'poll') return Math.floor(step.giveUpAfterSeconds / step.everySeconds) + 1;
  return step.kind === 'repeat' ? step.atMost : undefined;
}

/** By inline Map: how many items its list has at most; undefined where no schema says so. */
export function itemsOfMaps(shapes: FlowShapes): ReadonlyMap<string, number | undefined> {
  const own = shapes.flow.states.flatMap((draft) => {
    const inner = shapes.inside(draft).flatMap((one) => [...itemsOfMaps(one)]);
    if (draft.type !== 'Map' || draft.mode !== 'inline' || draft.items.kind === 'itemSource') return inner;
    return [[draft.name, mostItems(shapeOf(draft.items, shapes.at(draft)))] as const, ...inner];
  });
  return new Map(own);
}
