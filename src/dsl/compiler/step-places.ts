import type { FlowNode, StepNode, WorkflowNode } from '../ast/step-node.ts';
import { flowsWithin } from '../ast/walk-steps.ts';
import { FINALLY_FAILED, stateName } from './state-name.ts';

/** A step with its path. */
export interface StepPlace {
  readonly step: StepNode;
  readonly path: readonly string[];
}

/**
 * The steps by the names of their states: a step's main state is named after its path, its others after that with
 * a word behind it (`Restored`, `Restored.Begin`, `Frozen.Undo`). A `finally` is there twice, once before a failure
 * goes on.
 */
export function stepsByState({ flow }: WorkflowNode): ReadonlyMap<string, StepPlace> {
  const found = new Map<string, StepPlace>();
  collect(flow, { states: [], path: [] }, found);
  return found;
}

interface Paths {
  /** What the states' names begin with. */
  readonly states: readonly string[];
  readonly path: readonly string[];
}

function collect(flow: FlowNode, { states, path }: Paths, found: Map<string, StepPlace>): void {
  for (const step of flow.steps) {
    if (!('name' in step)) continue;
    const at: Paths = { states: [...states, step.name], path: [...path, step.name] };
    found.set(stateName(at.states), { step, path: at.path });
    const below = (label: readonly string[], own = label): Paths => ({
      states: [...at.states, ...own],
      path: [...at.path, ...label],
    });
    for (const [label, within] of flowsWithin(step)) collect(within, below(label), found);
    if (step.kind === 'try' && step.last) collect(step.last, below(['finally'], [FINALLY_FAILED]), found);
  }
}

/** The path of the step that a state comes from; empty for what the compiler adds to the workflow itself. */
export type StepOf = (state: string) => readonly string[];

export function stepPlaces(workflow: WorkflowNode): StepOf {
  const steps = stepsByState(workflow);
  return (state) => {
    for (let name = state; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
      const place = steps.get(name);
      if (place !== undefined) return place.path;
    }
    return [];
  };
}
