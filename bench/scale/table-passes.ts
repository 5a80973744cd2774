import type { VirtualClock } from '../../src/dsl/simulator/clock.ts';
import { comparison, type Load, reading, reset, type TableRates } from './loads.ts';
import type { Meter } from './meter.ts';
import { Pass } from './pass.ts';
import type { Disaster, Setting } from './setting.ts';
import { TableRate } from './table-rate.ts';

/** The passes of a recovery over a table and its restored copy. */
const LOADS = {
  plan: comparison,
  reset,
  'verify live': (disaster, setting, { live }) => reading(disaster, setting, live.read),
  'verify restored': (disaster, setting, { restored }) => reading(disaster, setting, restored.read),
} satisfies Record<string, (disaster: Disaster, setting: Setting, rates: TableRates) => Load>;

export type PassName = keyof typeof LOADS;

interface Around {
  readonly clock: VirtualClock;
  readonly setting: Setting;
  readonly disaster: Disaster;
  readonly segments: number;
  readonly meter: Meter;
}

/** The throughput of a table of this size and of its copy. */
export function tableRates({ items }: Disaster, { itemBytes, quota, warm }: Setting): TableRates {
  const rate = (kind: 'read' | 'write') =>
    new TableRate({ kind, tableBytes: items * itemBytes, quota: quota[kind], warm: warm[kind] });
  return { live: { read: rate('read'), write: rate('write') }, restored: { read: rate('read') } };
}

/** A table, its copy, and the passes over them, each of which begins with its first segment. */
export class TablePasses {
  readonly #around: Around;
  readonly #rates: TableRates;
  readonly #passes = new Map<PassName, Pass>();

  constructor(around: Around) {
    this.#around = around;
    this.#rates = tableRates(around.disaster, around.setting);
  }

  get(name: PassName): Pass {
    const { disaster, setting, segments } = this.#around;
    const pass =
      this.#passes.get(name) ?? new Pass(LOADS[name](disaster, setting, this.#rates), segments, this.#around);
    this.#passes.set(name, pass);
    return pass;
  }

  /** Seconds of work in these passes, by what held them up. */
  heldUp(...names: readonly PassName[]): readonly (readonly [string, number])[] {
    return names.flatMap((name) => [...(this.#passes.get(name)?.secondsBy ?? [])]);
  }
}
