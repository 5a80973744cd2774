import type { Json, StateMachine } from '../asl/machine.ts';
import type { ExecutionResult } from '../simulator/execution-result.ts';
import type { HistoryEvent } from '../simulator/history-event.ts';
import type { Observation } from '../simulator/observation.ts';
import type { ExecutionIdentity } from '../simulator/world.ts';
import { WITHIN } from './path/match-path.ts';
import { statesOf } from './states-of.ts';
import { meantBy, type TestCall } from './test-call.ts';
import type { TestRun } from './test-run.ts';

type Variables = { readonly [variable: string]: Json };

/** Writes down what one execution does: its own states, and those that a distributed Map runs for it. */
export class RunRecorder {
  readonly path: string[] = [];
  readonly calls: TestCall[] = [];
  #last: { readonly state: string; readonly variables: Variables } | undefined;
  readonly #machine: StateMachine;
  readonly #machineName: string;
  readonly #states: ReturnType<typeof statesOf>;
  /** The ARNs of the execution itself and of the children of its distributed Maps. */
  readonly #own = new Set<string>();

  constructor(machine: StateMachine, machineName: string) {
    this.#machine = machine;
    this.#states = statesOf(machine);
    this.#machineName = machineName;
  }

  /** Returns whether it was of this execution. Another one that it starts goes its own way. */
  hear(seen: Observation, execution: ExecutionIdentity): boolean {
    if (!this.#isOwn(execution)) return false;
    const state = this.#placeOf(seen, execution);
    if (seen.kind === 'entered') {
      this.path.push(state);
      if (this.#states.get(seen.state)?.around.length === 0)
        this.#last = { state: seen.state, variables: seen.variables };
    } else if (seen.kind === 'called') {
      const { resource, attempt, at } = seen;
      this.calls.push({ state, ...meantBy(resource, seen.arguments), resource, attempt, at });
    }
    return true;
  }

  /** What the test asks about the execution, now that it has ended. */
  runOf(result: ExecutionResult): TestRun {
    const { path, calls } = this;
    const variables = this.#variablesAfter(result.history);
    return { ...result, path, calls, finalState: this.#last?.state, variables, machine: this.#machine };
  }

  /** The machine's own variables: those that were there in its last state, and what that one assigned. */
  #variablesAfter(history: readonly HistoryEvent[]): Variables {
    const { state, variables } = this.#last ?? { state: '', variables: {} };
    const entered = history.findLastIndex(({ stateEnteredEventDetails: own }) => own?.name === state);
    const exit = history.findLast(
      ({ stateExitedEventDetails: own }, index) => index > entered && own?.name === state,
    );
    const assigned = Object.entries(exit?.stateExitedEventDetails?.assignedVariables ?? {});
    return {
      ...variables,
      ...Object.fromEntries(assigned.map(([name, text]) => [name, JSON.parse(text) as Json])),
    };
  }

  #isOwn({ executionArn, machineName, parentArn }: ExecutionIdentity): boolean {
    const isChild =
      parentArn !== undefined && this.#own.has(parentArn) && machineName.startsWith(`${this.#machineName}/`);
    if (parentArn === undefined || isChild) this.#own.add(executionArn);
    return this.#own.has(executionArn);
  }

  #placeOf({ state, iterations }: Observation, execution: ExecutionIdentity): string {
    const around = this.#states.get(state)?.around ?? [];
    const known = [...(execution.iterations ?? []), ...iterations];
    const parts = around.map(({ state: outer, branch }) => {
      const index = branch ?? known.find(({ map }) => map === outer)?.index;
      return index === undefined ? outer : `${outer}[${index}]`;
    });
    return [...parts, state].join(WITHIN);
  }
}
