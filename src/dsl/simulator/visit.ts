import type { Branch, Json, JsonObject, State } from '../asl/machine.ts';
import type { Process } from './request.ts';
import type { Scope } from './scope.ts';
import type { Thread } from './thread.ts';

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
  /** Runs a branch within this one: a state that has branches is given the way, so as not to import its own runner. */
  readonly runBranch: (branch: Branch, input: Json, place: Place) => Process<Json>;
  /** The context object's `Map` inside a Map's iteration. */
  readonly map?: JsonObject;
}

/** One visit to one state, from entering to leaving it. */
export interface Visit extends Place {
  readonly name: string;
  readonly state: State;
  readonly input: Json;
  readonly enteredEventId: number;
  /** Milliseconds since the epoch. */
  readonly enteredAt: number;
  /** How often the state was tried again so far. */
  readonly retryCount: number;
  /** The task token of this attempt, for a task that waits for one. */
  readonly token: string | undefined;
}

/** The states that can be tried again: only they show a RetryCount. */
const retried: readonly State['Type'][] = ['Task', 'Parallel', 'Map'];

/** The context object as `$states.context` shows it. */
export function contextObject(visit: Visit, map: JsonObject | undefined = visit.map): JsonObject {
  return {
    ...visit.context,
    State: {
      EnteredTime: new Date(visit.enteredAt).toISOString(),
      Name: visit.name,
      ...(retried.includes(visit.state.Type) ? { RetryCount: visit.retryCount } : {}),
    },
    ...(visit.token === undefined ? {} : { Task: { Token: visit.token } }),
    ...(map === undefined ? {} : { Map: map }),
  };
}
