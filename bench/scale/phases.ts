/** The phases of a recovery, in order. `prepare` is the drain and the restore, side by side. */
export const PHASES = ['freeze', 'prepare', 'plan', 'gate', 'reset', 'verify', 'thaw'] as const;
export type Phase = (typeof PHASES)[number];

/** The state of Rewind with which each phase but the first begins. */
const BEGINS: Readonly<Record<string, Phase>> = {
  Prepared: 'prepare',
  Planned: 'plan',
  Gate: 'gate',
  'Recovered.Reset': 'reset',
  'Recovered.Verified': 'verify',
  SweptAfterReset: 'thaw',
};

/** When each phase of one recovery began, by the states that its machine entered. */
export class PhaseClock {
  readonly #began = new Map<Phase, number>();

  constructor(start: number) {
    this.#began.set('freeze', start);
  }

  stateEntered(name: string, now: number): void {
    const phase = BEGINS[name];
    if (phase !== undefined) this.#began.set(phase, now);
  }

  /**
   * Seconds of each phase; together they are the whole time.
   * @throws Error when a phase never began.
   */
  seconds(end: number): Readonly<Record<Phase, number>> {
    const times = PHASES.map((phase) => {
      const at = this.#began.get(phase);
      if (at === undefined) throw new Error(`no state of Rewind began the phase '${phase}'`);
      return at;
    });
    return Object.fromEntries(
      PHASES.map((phase, index) => [phase, ((times[index + 1] ?? end) - (times[index] ?? end)) / 1000]),
    ) as Record<Phase, number>;
  }
}
