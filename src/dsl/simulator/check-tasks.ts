import { nearest } from '../asl/check/nearest.ts';
import type { StateMachine } from '../asl/machine.ts';
import { tasksOf } from './mocks/check-mocks.ts';
import { SimulationError } from './simulation-error.ts';

/**
 * Refuses functions of `options.tasks` that nothing would ever call.
 * @throws SimulationError that names the first of them, and the Task states that there are.
 */
export function checkTasks(tasks: object, machines: { readonly [name: string]: StateMachine }): void {
  const given = Object.keys(tasks);
  if (given.length === 0) return;
  const known = new Set(Object.values(machines).flatMap((machine) => [...tasksOf(machine).keys()]));
  const stray = given.find((name) => !known.has(name));
  if (stray === undefined) return;
  const meant = nearest(stray, known);
  const remedy =
    meant !== undefined ? `write ${meant}` : known.size === 0 ? 'leave it out' : 'name one of those';
  throw new SimulationError(
    `options.tasks has '${stray}', which is no Task state of ${Object.keys(machines).join(', ')}; ` +
      `the Task states are ${[...known].join(', ') || 'none'}, so ${remedy}`,
  );
}
