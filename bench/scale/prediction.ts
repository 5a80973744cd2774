import type { Meter } from './meter.ts';
import { PHASES, type Phase } from './phases.ts';
import type { Disaster } from './setting.ts';

/** A prediction: one row of the benchmark. */
export interface Prediction extends Disaster, Readonly<Record<Phase, number>> {
  readonly name: 'rewind' | 'delete-and-copy' | 'delete-and-copy, as wide';
  /** From the start until everything runs again. The phases' minutes make it up. */
  readonly minutes: number;
  readonly dollars: number;
  /** What holds up the longest phase. */
  readonly bottleneck: string;
  /** What holds up each phase. */
  readonly bottlenecks: Readonly<Record<Phase, string>>;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly lambdaGigabyteSeconds: number;
  readonly transitions: number;
}

/** One phase as it went. */
export interface PhaseResult {
  readonly seconds: number;
  readonly bottleneck: string;
}

/** The row that is made of these phases and of what they used. */
export function predictionOf(
  name: Prediction['name'],
  { items, damage }: Disaster,
  { phases, meter }: { readonly phases: Readonly<Record<Phase, PhaseResult>>; readonly meter: Meter },
): Prediction {
  const each = <T>(of: (phase: PhaseResult) => T) =>
    Object.fromEntries(PHASES.map((phase) => [phase, of(phases[phase])])) as Record<Phase, T>;
  const longest = PHASES.map((phase) => phases[phase]).reduce((a, b) => (b.seconds > a.seconds ? b : a));
  return {
    name,
    items,
    damage,
    minutes: PHASES.reduce((sum, phase) => sum + phases[phase].seconds / 60, 0),
    dollars: meter.dollars,
    bottleneck: longest.bottleneck,
    ...each(({ seconds }) => seconds / 60),
    bottlenecks: each(({ bottleneck }) => bottleneck),
    readUnits: Math.round(meter.readUnits),
    writeUnits: Math.round(meter.writeUnits),
    lambdaGigabyteSeconds: Math.round(meter.lambdaGigabyteSeconds),
    transitions: meter.transitions,
  };
}

/**
 * What held up a phase most of its time, or that it was mostly over before it had begun.
 * @param held seconds of work, by what held it up.
 */
export function mostly(seconds: number, held: readonly (readonly [string, number])[]): string {
  const sums = new Map<string, number>();
  for (const [by, part] of held) sums.set(by, (sums.get(by) ?? 0) + part);
  const working = held.reduce((sum, [, part]) => sum + part, 0);
  const [first] = [...sums].toSorted(([, a], [, b]) => b - a);
  return first === undefined || working < seconds / 2 ? 'start-up' : first[0];
}
