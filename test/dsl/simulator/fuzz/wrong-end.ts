import type { Json, StateMachine } from '../../../../src/dsl/asl/machine.ts';
import { SimulationError } from '../../../../src/dsl/simulator/simulation-error.ts';
import { simulate } from '../../../../src/dsl/simulator/simulate.ts';
import { grown } from './grown.ts';

/** What JavaScript says of a value that is not what the code takes it for. */
const OWN_FAULT =
  /Cannot read properties|is not a function|is not iterable|^(?:Type|Range|Syntax|Reference)Error$/;

const before = Object.getOwnPropertyNames(Object.prototype).join();

/**
 * Runs a machine, whatever it is. Undefined when it comes to an end of its own: a result, whose error, if it has one,
 * is Step Functions' or the author's, or a refusal in words. Else what was wrong with its end.
 */
export async function wrongEnd(machine: unknown, input: unknown): Promise<unknown> {
  const told = await endOf(machine, input);
  if (Object.getOwnPropertyNames(Object.prototype).join() !== before) return 'every object has changed';
  return told.find((text) => OWN_FAULT.test(text));
}

async function endOf(machine: unknown, input: unknown): Promise<readonly string[]> {
  try {
    const objects = { 'b/data.csv': 'k,v\n1,x\n2,"y, z"\n', 'b/in/1': '[1,2]', 'b/in/2': '{"a":3}' };
    const { error = '', cause = '' } = await simulate(grown(machine) as StateMachine, grown(input) as Json, {
      functions: { echo: (payload) => payload },
      s3: { objects },
    });
    // JSONata itself may say so of an expression.
    return error === 'States.QueryEvaluationError' ? [error] : [error, cause];
  } catch (fault) {
    if (fault instanceof SimulationError) return [fault.message];
    throw fault;
  }
}
