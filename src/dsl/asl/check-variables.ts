import type { MachineFault } from './machine-fault.ts';
import { jsonataFunctions } from './jsonata-functions.ts';
import type { State } from './machine.ts';
import type { FlowState, MachineFlow } from './machine-flow.ts';
import { readExpression } from './read-expression.ts';
import { expressionsOf } from './template-expressions.ts';

/** Source: developer guide, "Passing data between states with variables", "Variable names". */
const NAME = /^\p{ID_Start}\p{ID_Continue}{0,79}$/u;

/**
 * Variables that nothing sets, that are out of reach, or that an inner scope may not set: an inner scope cannot
 * assign a variable of an outer one, and a distributed map's body cannot even read it (developer guide, "Passing
 * data between states with variables", "Variable scope").
 */
export function checkVariables(machine: MachineFlow): readonly MachineFault[] {
  return checkScope(machine, { outer: new Set(), readable: new Set() });
}

interface Surroundings {
  /** Every variable of the scopes around. */
  readonly outer: ReadonlySet<string>;
  /** Those of them that can be read here. */
  readonly readable: ReadonlySet<string>;
}

function checkScope(flow: MachineFlow, { outer, readable }: Surroundings): readonly MachineFault[] {
  const own = new Set(flow.states.flatMap(({ state }) => assignedBy(state)));
  const visible = new Set([...own, ...(flow.distributed ? [] : readable)]);
  const around = new Set([...own, ...outer]);
  return flow.states.flatMap((one) => [
    ...assignedBy(one.state).flatMap((name) => badAssignment(name, outer, one)),
    ...[...variablesReadBy(one.state)]
      .filter((name) => !visible.has(name) && !jsonataFunctions.has(name))
      .map((name) => ({ state: one.name, problem: unreadable(name, outer) })),
    ...one.inner.flatMap((inner) => checkScope(inner, { outer: around, readable: visible })),
  ]);
}

function assignedBy(state: State): string[] {
  return [
    ...('Assign' in state ? [state.Assign] : []),
    ...('Catch' in state ? (state.Catch ?? []).map(({ Assign }) => Assign) : []),
    ...(state.Type === 'Choice' ? state.Choices.map(({ Assign }) => Assign) : []),
  ].flatMap((assign) => Object.keys(assign ?? {}));
}

function badAssignment(name: string, outer: ReadonlySet<string>, { name: state }: FlowState): MachineFault[] {
  if (name === 'states') return [{ state, problem: "Assign sets 'states', which is Step Functions' own" }];
  if (!NAME.test(name))
    return [{ state, problem: `Assign sets '${name}', which is no variable's name; use letters and digits` }];
  if (!outer.has(name)) return [];
  const problem = `Assign sets $${name}, a variable of an outer scope; give the inner one another name`;
  return [{ state, problem }];
}

function unreadable(name: string, outer: ReadonlySet<string>): string {
  return outer.has(name)
    ? `it reads $${name} of an outer scope, which a distributed map's body cannot; pass it in by ItemSelector`
    : `it reads $${name}, which no state of its scope or of one around it sets`;
}

function variablesReadBy(state: State): ReadonlySet<string> {
  const read = expressionsOf(state).flatMap(({ source }) => {
    try {
      return source === undefined ? [] : [...readExpression(source).variables];
    } catch {
      // That it does not parse is told by the check of expressions.
      return [];
    }
  });
  return new Set(read.filter((name) => name !== '$'));
}
