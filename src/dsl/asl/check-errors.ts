import type { MachineFault } from './machine-fault.ts';
import { allStates, type MachineFlow } from './machine-flow.ts';

/** States.ALL must stand alone, in the last Retrier or Catcher (ASL specification, "Errors"). */
export function checkErrors(machine: MachineFlow): readonly MachineFault[] {
  return allStates(machine).flatMap(({ name, state }) => [
    ...('Retry' in state ? misplacedAll(name, 'Retry', state.Retry ?? []) : []),
    ...('Catch' in state ? misplacedAll(name, 'Catch', state.Catch ?? []) : []),
  ]);
}

function misplacedAll(
  state: string,
  field: string,
  entries: readonly { readonly ErrorEquals: readonly string[] }[],
): MachineFault[] {
  return entries.flatMap(({ ErrorEquals }, index) => {
    if (!ErrorEquals.includes('States.ALL')) return [];
    const place = `${field}[${index}]`;
    return [
      ...(ErrorEquals.length > 1
        ? [{ state, problem: `${place} has States.ALL beside other errors; it covers them, leave it alone` }]
        : []),
      ...(index < entries.length - 1
        ? [{ state, problem: `${place} has States.ALL but is not the last; what follows is never reached` }]
        : []),
    ];
  });
}
