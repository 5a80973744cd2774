import type { MachineFault } from './machine-fault.ts';
import { jsonataFunctions } from './jsonata-functions.ts';
import { allStates, type MachineFlow } from './machine-flow.ts';
import { readExpression } from './read-expression.ts';
import { expressionsOf, type FoundExpression } from './template-expressions.ts';

/** Expressions that do not parse, call what is not there, or read a part of `$states` that is not there. */
export function checkExpressions(machine: MachineFlow): readonly MachineFault[] {
  return allStates(machine).flatMap(({ name, state }) =>
    expressionsOf(state).flatMap((one) =>
      problemsOf(one).map((problem) => ({ state: name, problem: `${one.place}: ${problem}` })),
    ),
  );
}

function problemsOf(found: FoundExpression): readonly string[] {
  if (found.source === undefined) return ["an expression must begin with '{%' and end with '%}'"];
  try {
    const { functions, variables, states } = readExpression(found.source);
    return [
      ...[...functions].flatMap(unknownFunction),
      ...[...states].flatMap((member) => missingState(member, found)),
      ...(variables.has('$') ? ["'$$' is not there in Step Functions; read $states.input"] : []),
    ];
  } catch (fault) {
    return [`it does not parse: ${(fault as Error).message}`];
  }
}

function unknownFunction(name: string): string[] {
  if (name === 'eval') return ['Step Functions has no $eval; use $parse for JSON text'];
  return jsonataFunctions.has(name) ? [] : [`no function is named $${name}; check its spelling`];
}

function missingState(member: string, found: FoundExpression): string[] {
  switch (member) {
    case '':
    case 'input':
    case 'context':
      return [];
    case 'result':
      return found.hasResult
        ? []
        : ['$states.result is there only for Output and Assign of a Task, Parallel or Map'];
    case 'errorOutput':
      return found.hasError ? [] : ['$states.errorOutput is there only in a Catch'];
    default:
      return [`$states has no ${member}; it has input, result, errorOutput and context`];
  }
}
