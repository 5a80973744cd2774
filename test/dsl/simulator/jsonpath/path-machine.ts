import type { Json, State, StateMachine } from '../../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../../src/dsl/simulator/simulate.ts';

/** A JSONPath machine that starts at the first of its states. */
export const pathMachine = (States: { readonly [name: string]: State }): StateMachine => ({
  StartAt: Object.keys(States)[0] as string,
  States,
});

/** Runs a machine of one state with a function `f` that gives what it is given. */
export const runState = (state: State, input: Json = {}) =>
  simulate(pathMachine({ Only: state }), input, { functions: { f: (payload) => payload } });

/** A Task that calls `f` by its own ARN: its result is the function's. */
export const calling = {
  Type: 'Task',
  Resource: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  End: true,
} as const;
