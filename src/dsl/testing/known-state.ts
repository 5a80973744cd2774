import { inspect } from 'node:util';
import { nearest } from '../asl/check/nearest.ts';
import type { StateMachine } from '../asl/machine.ts';
import { SimulationError } from '../simulator/simulation-error.ts';
import { WITHIN } from './path/match-path.ts';
import { type PlacedState, statesOf } from './states-of.ts';

/**
 * A test that names a state which is not there would say nothing.
 * @param place a state by its name, or with all or the last of what it is in: `Each[0] > Pack`.
 * @throws SimulationError when the machine has no such state, or it is in something else.
 */
export function refuseUnknownPlace(place: string, machine: StateMachine): void {
  const states = statesOf(machine);
  if (typeof place !== 'string')
    throw new SimulationError(`a state must be named by a text, got ${inspect(place)}`);
  if (states.has(place)) return;
  const name = [...states.keys()].find((one) => place.endsWith(`${WITHIN}${one}`));
  const found = name === undefined ? undefined : states.get(name);
  if (name === undefined || found === undefined) throw unknown(place.split(WITHIN).at(-1) ?? place, states);
  if (!isIn(place.slice(0, -`${WITHIN}${name}`.length).split(WITHIN), found))
    throw new SimulationError(`the state '${name}' is never at '${place}'; ${remedy(name, found)}`);
}

function unknown(name: string, states: ReadonlyMap<string, PlacedState>): SimulationError {
  const meant = nearest(name, states.keys());
  return new SimulationError(
    `the machine has no state '${name}'; ${
      meant === undefined ? `it has ${[...states.keys()].join(', ')}` : `did you mean '${meant}'?`
    }`,
  );
}

/** Whether these are the last of what a state is in, an iteration of a Map by any index. */
function isIn(outer: readonly string[], { around }: PlacedState): boolean {
  if (outer.length > around.length) return false;
  return around.slice(-outer.length).every(({ state, branch }, index) => {
    const [, name, number] = /^(.*)\[(\d+)\]$/s.exec(outer[index] ?? '') ?? [];
    return name === state && (branch === undefined || branch === Number(number));
  });
}

function remedy(name: string, { around }: PlacedState): string {
  if (around.length === 0) return `write '${name}' alone`;
  const parts = around.map(({ state, branch = 0 }) => `${state}[${branch}]`);
  return `write '${[...parts, name].join(WITHIN)}' or '${name}' alone`;
}
