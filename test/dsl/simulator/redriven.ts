import type { Json, StateMachine } from '../../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import type { SimulatedFunction } from '../../../src/dsl/simulator/invocation.ts';
import { startSimulation, type SimulationOptions } from '../../../src/dsl/simulator/simulate.ts';
import { eventsOf } from './machines.ts';

/** A function that counts its calls by what it is given, and fails while `broken` says so. */
export class Worker {
  readonly calls: Json[] = [];
  broken: (payload: Json) => boolean = () => true;

  readonly work: SimulatedFunction = (payload) => {
    this.calls.push(payload);
    return this.answer(payload);
  };

  answer(payload: Json): Json {
    if (this.broken(payload)) throw Object.assign(new Error('no'), { name: 'Broken' });
    return payload;
  }
}

/** Runs a machine to its end, has it mended, and runs it again by a redrive. */
export async function redriven(
  machine: StateMachine,
  input: Json,
  { mend, ...options }: SimulationOptions & { readonly mend?: () => void },
) {
  const clock = options.clock ?? new VirtualClock(0);
  const running = startSimulation(machine, input, { name: 'M', ...options, clock });
  const first = await clock.runUntil(running.result);
  mend?.();
  const second = await clock.runUntil(running.redrive().result);
  return { first, second, added: eventsOf(second).slice(first.history.length) };
}
