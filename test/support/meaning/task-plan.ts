import type { Json, JsonObject } from '../../../src/dsl/asl/machine.ts';

/** What one call of a task comes to. */
export type TaskOutcome = { readonly gives: JsonObject } | { readonly error: string; readonly words: string };

/** For each task what its calls come to; the last outcome stays. */
export type TaskPlan = ReadonlyMap<string, readonly TaskOutcome[]>;

/** One call that was made. */
export interface MadeCall {
  readonly task: string;
  readonly payload: Json;
}

/**
 * Answers calls by a plan: which outcome depends on the task, on how often it was called from the same place
 * (its `ids`), and on that place itself, so that it does not matter which of two iterations is the first.
 */
export class PlannedTasks {
  readonly #plan: TaskPlan;
  readonly #times = new Map<string, number>();

  constructor(plan: TaskPlan) {
    this.#plan = plan;
  }

  answer({ task, payload }: MadeCall): TaskOutcome {
    const ids = JSON.stringify((payload as { ids: Json }).ids);
    const key = `${task} ${ids}`;
    const times = this.#times.get(key) ?? 0;
    this.#times.set(key, times + 1);
    const outcomes = this.#plan.get(task) ?? [];
    const place = Buffer.from(ids).reduce((sum, byte) => sum + byte, 0) - EMPTY;
    return outcomes[(times + place) % outcomes.length] as TaskOutcome;
  }
}

/** What `[]` comes to, so that a call outside any loop begins with the first outcome. */
const EMPTY = '['.charCodeAt(0) + ']'.charCodeAt(0);
