import type { StateMachine } from '../../src/dsl/asl/machine.ts';
import { machines } from '../../src/rehearsal/recovery-run.ts';
import { segmentsFor } from '../../src/tasks/preflight/segments.ts';
import type { Disaster, Setting } from './setting.ts';

/** The compiled machines of the recovery, by name. */
type Machines = Readonly<Record<string, StateMachine>> & { readonly Rewind: StateMachine };

/** Into how many segments a table is divided. */
export const segmentsOf = ({ items }: Disaster, { itemBytes, segments }: Setting): number =>
  segments ?? segmentsFor(items * itemBytes);

/** How many segments are at work at once: as given, or as the distributed Map of ResetTable has it. */
export function widthOf({ atOnce }: Setting): number {
  let width = atOnce;
  mapDistributed(machines.ResetTable, (state) => {
    width ??= state.MaxConcurrency;
    return state;
  });
  if (width === undefined) throw new Error('ResetTable has no distributed Map with a MaxConcurrency');
  return width;
}

/** The machines as they are compiled, or their distributed Maps so wide. */
export const machinesAtWidth = (atOnce: number | undefined): Machines =>
  (atOnce === undefined
    ? machines
    : mapDistributed(machines, (state) => ({ ...state, MaxConcurrency: atOnce }))) as Machines;

interface DistributedMap {
  readonly MaxConcurrency?: number;
}

function mapDistributed(within: unknown, change: (state: DistributedMap) => DistributedMap): unknown {
  return JSON.parse(JSON.stringify(within), (_key, value: unknown) =>
    isDistributed(value) ? change(value) : value,
  );
}

const isDistributed = (value: unknown): value is DistributedMap =>
  (value as { ItemProcessor?: { ProcessorConfig?: { Mode?: string } } } | null)?.ItemProcessor
    ?.ProcessorConfig?.Mode === 'DISTRIBUTED';
