import type { Branch, Json, JsonObject, State, TaskState } from '../asl/machine.ts';
import type { QueryLanguage } from './query-language.ts';
import type { Process } from './request.ts';
import type { Scope } from './scope.ts';
import { isActivity } from './task-resource.ts';
import type { Thread } from './thread.ts';

/** An iteration of an inline Map. */
export interface Iteration {
  /** The Map state's name. */
  readonly map: string;
  readonly index: number;
}

/** Where a branch runs: all that its states share. */
export interface Place {
  /** `Execution` and `StateMachine` of the context object. */
  readonly context: JsonObject;
  /** The machine's query language, for states that name none. */
  readonly queryLanguage: 'JSONata' | 'JSONPath';
  readonly scope: Scope;
  readonly thread: Thread;
  /** Where the execution runs, as TaskScheduled events tell. */
  readonly region: string;
  /** When AWS is to behave as it did (aws-changes.ts). */
  readonly asOf: number;
  /** Whether somebody observes it (observation.ts): else it says nothing, which costs nothing. */
  readonly observed: boolean;
  /** Runs a branch within this one: a state that has branches is given the way, so as not to import its own runner. */
  readonly runBranch: (branch: Branch, input: Json, place: Place) => Process<Json>;
  /** The iterations of inline Maps that it is in, the outermost first. */
  readonly iterations: readonly Iteration[];
  /** The context object's `Map` inside a Map's iteration. */
  readonly map?: JsonObject | undefined;
  /** A whole context object, but for its `Map`, that stands in for the one that would be made. */
  readonly givenContext?: JsonObject;
}

/** One visit to one state, from entering to leaving it. */
export interface Visit extends Place {
  readonly name: string;
  readonly state: State;
  readonly language: QueryLanguage;
  readonly input: Json;
  readonly enteredEventId: number;
  readonly enteredAt: Date;
  /** How often the state was tried again so far. */
  readonly retryCount: number;
  /** The task token of this attempt, for a task that waits for one or an activity's. */
  readonly token: string | undefined;
}

/** The states that can be tried again: only they show a RetryCount. */
const retried: readonly State['Type'][] = ['Task', 'Parallel', 'Map'];

/** The context object as `$states.context` shows it. */
export function contextObject(visit: Visit, map: JsonObject | undefined = visit.map): JsonObject {
  const { givenContext } = visit;
  if (givenContext !== undefined) return map === undefined ? givenContext : { ...givenContext, Map: map };
  return {
    ...visit.context,
    State: {
      EnteredTime: visit.enteredAt.toISOString(),
      Name: visit.name,
      ...(retried.includes(visit.state.Type) ? { RetryCount: visit.retryCount } : {}),
    },
    ...(visit.token === undefined || isActivity((visit.state as TaskState).Resource)
      ? {}
      : { Task: { Token: visit.token } }),
    ...(map === undefined ? {} : { Map: map }),
  };
}
