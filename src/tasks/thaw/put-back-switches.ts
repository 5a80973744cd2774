import { boundedLines } from '../bounded-lines.ts';
import type { Failure } from '../lambda-control/failure.ts';
import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import type { SwitchKind } from '../ledger/switch-record.ts';
import { allSwitches } from '../switches/all-switches.ts';
import { resumeSwitches } from '../switches/resume-switches.ts';
import { kindInWords, switchInWords } from '../switches/switches.ts';

interface PutBackSwitches {
  /** How many are as they were. */
  readonly counts: Readonly<Record<SwitchKind, number>>;
  /** The same for people. */
  readonly inWords: string;
  /** What was left off. */
  readonly warnings: readonly string[];
  readonly failures: readonly Failure[];
}

const MOST_WARNINGS = 20;

/**
 * Puts every switch of the ledger back: first what carries work to the functions, then what starts it. What cannot be
 * put back of one kind does not keep the next one waiting.
 */
export async function putBackSwitches(controls: IncidentControls): Promise<PutBackSwitches> {
  const counts = { mapping: 0, pipe: 0, rule: 0, schedule: 0 };
  const warnings: string[] = [];
  const failures: Failure[] = [];
  for (const switches of allSwitches(controls).toReversed()) {
    const { kind } = switches;
    const resumed = await resumeSwitches(switches, controls);
    counts[kind] = resumed.count;
    failures.push(...resumed.failures);
    warnings.push(...resumed.left.map((id) => leftOff(switchInWords(kind, { id, functionName: '' }))));
  }
  const named = (['pipe', 'rule', 'schedule'] as const).filter((kind) => counts[kind] > 0);
  const inWords = (['mapping', ...named] as const).map((kind) => `${kindInWords(kind)} ${counts[kind]}`);
  return {
    counts,
    inWords: inWords.join(', '),
    warnings: boundedLines(warnings, 'schedules were left off', MOST_WARNINGS),
    failures,
  };
}

const leftOff = (what: string): string =>
  `the ${what} is left off: the last time for which it was set has passed during the freeze; do by hand what it was ` +
  'to do, or give it another time';
