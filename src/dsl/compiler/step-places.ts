import type { WorkflowNode } from '../ast/step-node.ts';
import { stepsOf } from '../ast/walk-steps.ts';
import { stateName } from './state-name.ts';

/** The path of the step that a state comes from; empty for what the compiler adds to the workflow itself. */
export type StepOf = (state: string) => readonly string[];

/**
 * Which step each state comes from. A step's states are named after its path, with a word behind it where a step
 * has several (`Restored`, `Restored.Begin`, `Frozen.Undo`).
 */
export function stepPlaces({ flow }: WorkflowNode): StepOf {
  const paths = new Map(
    stepsOf(flow)
      .filter(({ step }) => 'name' in step)
      .map(({ path }) => [stateName(path), path] as const),
  );
  return (state) => {
    for (let name = state; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
      const path = paths.get(name);
      if (path !== undefined) return path;
    }
    return [];
  };
}
