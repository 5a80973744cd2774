import { checkErrors } from './check-errors.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkFields } from './check-fields.ts';
import { checkTransitions } from './check-transitions.ts';
import { checkVariables } from './check-variables.ts';
import type { StateMachine } from './machine.ts';
import type { MachineFault } from './machine-fault.ts';
import { flowOf } from './machine-flow.ts';

/** Bytes of UTF-8 that a definition may have. Source: "Step Functions service quotas". */
const LARGEST_DEFINITION = 1024 * 1024;

/**
 * Finds what CreateStateMachine, or an execution on a bad day, would refuse in a JSONata machine, all of it at
 * once; a sound machine gives an empty list. It looks for what schema validators of ASL miss (variables and
 * their scopes, the functions and the parts of `$states` that an expression names, the order of Catch and
 * Retry), so it is meant to be used beside one.
 */
export function checkMachine(machine: StateMachine): readonly MachineFault[] {
  const flow = flowOf(machine);
  return [
    ...checkSize(machine),
    ...checkTransitions(flow),
    ...checkFields(flow),
    ...checkErrors(flow),
    ...checkVariables(flow),
    ...checkExpressions(flow),
  ];
}

function checkSize(machine: StateMachine): MachineFault[] {
  const bytes = Buffer.byteLength(JSON.stringify(machine));
  if (bytes <= LARGEST_DEFINITION) return [];
  const problem = `the definition has ${bytes} bytes, more than ${LARGEST_DEFINITION}; move a part into a child machine`;
  return [{ state: '', problem }];
}
