import type { Fork, ForkAnswer, ForkOutcome, Process } from './request.ts';
import type { Json } from '../asl/machine.ts';
import { StateFailure } from './state-failure.ts';
import { Strand } from './strand.ts';

/** Runs a process until its end in a strand. */
type Drive = (process: Process<Json>, strand: Strand) => Promise<Json>;

/**
 * Runs a fork's processes side by side, as many at once as it allows, until all have ended or too many failed;
 * the rest is stopped then, as it is when the parent is.
 */
export function runFork(fork: Fork, parent: Strand, drive: Drive): Promise<ForkAnswer> {
  if (fork.count === 0) return Promise.resolve({ outcomes: [], last: undefined });
  const outcomes = Array.from({ length: fork.count }, (): ForkOutcome => ({ kind: 'unfinished' }));
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
      if (outcome.kind === 'failed' && fork.endsWith(failed)) end(() => resolve({ outcomes, last: index }));
      else if (started < fork.count) fill(index);
      else if (running.size === 0) end(() => resolve({ outcomes, last: index }));
    };
    const start = (after: number | undefined) => {
      const index = started++;
      const strand = new Strand();
      running.add(strand);
      const settled = (settle: () => void) => {
        if (strand.stopped) return;
        running.delete(strand);
        settle();
      };
      drive(fork.start(index, after), strand).then(
        (value) => settled(() => ended(index, { kind: 'done', value })),
        (fault: unknown) =>
          settled(() =>
            fault instanceof StateFailure
              ? ended(index, { kind: 'failed', failure: fault })
              : end(() => reject(fault)),
          ),
      );
    };
    const fill = (after: number | undefined) => {
      // One at least: with none under way, none would ever make room.
      while (started < fork.count && (running.size === 0 || running.size < fork.limit)) start(after);
    };
    fill(undefined);
  });
}
