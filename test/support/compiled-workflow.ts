import * as z from 'zod';
import { checkMachine } from '../../src/dsl/asl/check-machine.ts';
import type { Json, State, StateMachine } from '../../src/dsl/asl/machine.ts';
import type { Duration } from '../../src/dsl/authoring/duration.ts';
import { task } from '../../src/dsl/authoring/task.ts';
import { type Workflow, workflow } from '../../src/dsl/authoring/workflow.ts';
import { compile } from '../../src/dsl/compiler/compile.ts';
import { type ExecutionResult, simulate, type SimulationOptions } from '../../src/dsl/simulator/simulate.ts';

/** A task with one number in and one out. */
export const number = (name: string) =>
  task(name, {
    input: z.object({ n: z.number() }),
    output: z.object({ n: z.number() }),
    errors: ['Busy', 'Known', 'Refused'],
    timeout: '1 minute',
  });

/** The ARN under which a run fakes `dynamodb.describeTable`. */
export const DESCRIBE_TABLE = 'arn:aws:states:::aws-sdk:dynamodb:describeTable';

/** The beginning of a workflow over a number and a list. */
export const begin = (name = 'Subject', timeout: Duration = '1 day') =>
  workflow(name, {
    input: z.object({ n: z.number(), list: z.array(z.number()) }),
    output: z.object({ value: z.unknown() }),
    errors: ['Broken', 'TooLarge'],
    timeout,
  });

/** The compiled machine. Throws when Step Functions would refuse it. */
export function machineOf(subject: Workflow): StateMachine {
  const { machine } = compile(subject);
  const faults = checkMachine(machine).filter(({ severity }) => severity === 'error');
  if (faults.length > 0)
    throw new Error(faults.map(({ state, problem }) => `${state}: ${problem}`).join('\n'));
  return machine;
}

/** The states that come from the steps, without those of the input's guard. */
export function statesOf(subject: Workflow): { readonly [name: string]: State } {
  const states = Object.entries(machineOf(subject).States);
  return Object.fromEntries(states.filter(([name]) => name !== 'Input' && !name.startsWith('Input.')));
}

/** One execution of the compiled workflow; each task is a plain function. */
export const run = (
  subject: Workflow,
  input: Json,
  options: SimulationOptions = {},
): Promise<ExecutionResult> => simulate(machineOf(subject), input, options);

/** The names of the states an execution entered, in order. */
export const entered = ({ history }: ExecutionResult): readonly (string | undefined)[] =>
  history.flatMap((event) => (event.stateEnteredEventDetails ? [event.stateEnteredEventDetails.name] : []));

/** A function that fails under this error's name. */
export const failing = (name: string, words: string) => (): never => {
  throw Object.assign(new Error(words), { name });
};
