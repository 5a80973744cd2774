import type { Fork, ForkOutcome, Process } from './request.ts';
import type { Json } from '../asl/machine.ts';
import { StateFailure } from './state-failure.ts';
import { Strand } from './strand.ts';

/** Runs a process until its end in a strand. */
type Drive = (process: Process<Json>, strand: Strand) => Promise<Json>;

/**
 * Runs those of a fork's processes that are not done side by side, as many at once as it allows, until all have
 * ended or too many failed; the rest is stopped then, as it is when the parent is. Returns the one that ended last.
 */
export function runFork(fork: Fork, parent: Strand, drive: Drive): Promise<number | undefined> {
  const { outcomes } = fork;
  const due = outcomes.flatMap(({ kind }, index) => (kind === 'done' ? [] : [index]));
  if (due.length === 0) return Promise.resolve(undefined);
  for (const index of due) outcomes[index] = { kind: 'unfinished' };
  const running = new Set<Strand>();
  let started = 0;
  const failed: number[] = [];
  return new Promise((resolve, reject) => {
    const stopAll = () => {
      for (const strand of running) strand.stop();
    };
    const forget = parent.onStop(stopAll);
    const end = (settle: () => void) => {
      forget();
      stopAll();
      settle();
    };
    const ended = (index: number, outcome: ForkOutcome) => {
      outcomes[index] = outcome;
      if (outcome.kind === 'failed') failed.push(index);
      if (outcome.kind === 'failed' && fork.endsWith(failed)) end(() => resolve(index));
      else if (started < due.length) fill(index);
      else if (running.size === 0) end(() => resolve(index));
    };
    /** Whether it had not been stopped before. */
    const settled = (strand: Strand) => !strand.stopped && running.delete(strand);
    const start = (after: number | undefined) => {
      const index = due[started++] as number;
      const strand = new Strand();
      running.add(strand);
      drive(fork.start(index, after), strand).then(
        (value) => {
          if (settled(strand)) ended(index, { kind: 'done', value });
        },
        (fault: unknown) => {
          if (!settled(strand)) return;
          if (fault instanceof StateFailure) ended(index, { kind: 'failed', failure: fault });
          else end(() => reject(fault));
        },
      );
    };
    const fill = (after: number | undefined) => {
      // One at least: with none under way, none would ever make room.
      const hasRoom = () => running.size === 0 || running.size < fork.limit;
      // Whoever hears the first one's events may stop the execution before the others are started.
      while (started < due.length && hasRoom() && !parent.stopped) start(after);
    };
    fill(undefined);
  });
}
