import type { Branch, Json, MapState, State, StateMachine } from '../../../src/dsl/asl/machine.ts';
import type { ExecutionResult } from '../../../src/dsl/simulator/simulate.ts';

/** A JSONata machine that starts at the first of its states. */
export function machineOf(
  States: { readonly [name: string]: State },
  rest: Partial<StateMachine> = {},
): StateMachine {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(States)[0] as string, States, ...rest };
}

/** A machine of one Pass state whose Output is the template. */
export const passing = (Output: Json): StateMachine =>
  machineOf({ Only: { Type: 'Pass', Output, End: true } });

/** The state's input; a string or a number as the JSON text that a Payload must then be. */
const payload =
  '{% $type($states.input) = "string" ? "\\"" & $states.input & "\\"" : $type($states.input) = "number" ? $string($states.input) : $states.input %}';

/** A Task that invokes a function with the state's input. */
export const invoking = (FunctionName: string) => ({
  Type: 'Task' as const,
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName, Payload: payload },
});

/** The history in short: each event's type, and the event it follows. */
export const eventsOf = ({ history }: ExecutionResult) =>
  history.map((event) => `${event.id} ${event.type} after ${event.previousEventId}`);

/** A machine of one distributed Map, the state `Each`, whose children run the states given. */
export const distributing = (States: Branch['States'], rest: Partial<MapState> = {}): StateMachine =>
  machineOf({
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: Object.keys(States)[0] as string,
        States,
      },
      End: true,
      ...rest,
    },
  });

/** A machine that goes round and round. That it could end is why AWS takes it. */
export const endless = machineOf({
  Again: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Done' }], Default: 'Again' },
  Done: { Type: 'Succeed' },
});
