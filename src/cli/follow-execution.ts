import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  type HistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { isNamed } from '../tasks/aws-error.ts';
import { eventsAfter } from './execution-events.ts';
import { findingsOf, TELLING_STATES } from './findings-of-state.ts';

/** The states of `Rewind` that a person wants to hear of, in words. */
export const SPOKEN_STATES: Readonly<Record<string, string>> = {
  Found: 'looks how far the incident has come',
  'Finished.Rest.Relocked': 'every table was proven before, and none is written any more: takes the lock',
  'Finished.Rest.ThawedToTheEnd': 'thaws what is still frozen',
  'Finished.Rest.Leftovers': 'deletes the copies',
  'Finished.Rest.Reported': 'writes the report',
  Surveyed: 'finds the functions to freeze, and who else writes: nothing is touched yet',
  Plan: 'preflight: nothing is touched yet',
  Locked: 'takes the lock',
  Frozen: 'freezes the application',
  Prepared: 'waits for running invocations to end, proves that nothing is written, restores into new tables',
  SweptBeforePlan: 'looks for new functions before it plans',
  Undoable: 'waits until the damaged state can be restored itself',
  Planned: 'plans: compares every table with its copy',
  'Asked.Person.Agreed': 'waits for approval: the topic of the failures has been asked',
  SweptBeforeReset: 'looks once more for new functions',
  UndoableToTheEnd: 'looks whether what was written late can be restored, too',
  Gate: 'the gate: the last checks before anything is written; from here nothing is undone by itself',
  Recovered: 'resets and verifies every table',
  SweptAfterReset: 'looks whether the freeze has stood',
  Proven: 'every table is proven',
  Thawed: 'thaws the application',
  'CleanedUp.Remove.Removals': 'deletes the copies',
  Report: 'writes the report',
  'Frozen.Undo':
    'it failed before this run has written anything: thaws the application, unless tables are half reset',
  'Locked.Undo': 'gives the lock back',
};

interface Following {
  readonly client: Pick<SFNClient, 'send'>;
  /** Told of each state as it is entered, once however often it polls. @param at when, as AWS tells it. */
  readonly entered: (words: string, at: Date | undefined) => void;
  /** Told what a state has found: warnings and figures, a line each, and none that an earlier state has found. */
  readonly found: (words: string) => void;
  /** Waits until it is time for the next look. */
  readonly pause: () => Promise<void>;
}

/** An execution that has ended. */
export interface Followed {
  /** Without output, error and cause where these may not be decrypted. */
  readonly execution: DescribeExecutionCommandOutput;
  /** The last of the spoken states that it entered: the one that failed, if it did. */
  readonly state: string | undefined;
}

const UNSEEN =
  'Warnings and figures cannot be shown here: they may not be decrypted with these credentials (kms:Decrypt on the ' +
  "deployment's encryptionKey)";

/**
 * Follows an execution of `Rewind` until it has ended. It only reads: stopping to follow stops nothing else. The data of
 * the execution is asked for only where something is told of it, and at the end.
 */
export async function followExecution(
  executionArn: string,
  { client, entered, found, pause }: Following,
): Promise<Followed> {
  let seen = 0;
  let last: string | undefined;
  let canDecrypt = true;
  const told = new Set<string>();
  /** With an approval the gate finds what was found before a person was asked. */
  const foundOnce = (line: string) => {
    if (!told.has(line)) found(line);
    told.add(line);
  };
  const decrypted = async <T>(ask: () => Promise<T>): Promise<T | undefined> => {
    if (!canDecrypt) return undefined;
    try {
      return await ask();
    } catch (error) {
      if (!isNamed(error, 'KmsAccessDeniedException')) throw error;
      canDecrypt = false;
      found(UNSEEN);
      return undefined;
    }
  };
  for (;;) {
    // Asked for before the events, so that those of the end are not missed.
    const execution = await client.send(
      new DescribeExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' }),
    );
    const events = await eventsAfter(seen, { client, executionArn });
    const results = await decrypted(() => resultsIn(events, { client, executionArn }));
    for (const event of events) {
      seen = Math.max(seen, event.id ?? 0);
      const name = event.stateEnteredEventDetails?.name ?? '';
      const words = SPOKEN_STATES[name];
      if (words !== undefined && name !== last) entered(words, event.timestamp);
      if (words !== undefined) last = name;
      for (const line of results?.get(event.id ?? 0) ?? []) foundOnce(line);
    }
    if (execution.status !== 'RUNNING' && execution.status !== 'PENDING_REDRIVE') {
      const whole = await decrypted(() => client.send(new DescribeExecutionCommand({ executionArn })));
      return { execution: whole ?? execution, state: last };
    }
    await pause();
  }
}

/** What is told of the results in these events, by the event's id: one call more, when there are any. */
async function resultsIn(
  events: readonly HistoryEvent[],
  asked: { readonly client: Pick<SFNClient, 'send'>; readonly executionArn: string },
): Promise<Map<number, string[]>> {
  const isTelling = ({ stateExitedEventDetails: exit }: HistoryEvent) =>
    TELLING_STATES.includes(exit?.name ?? '');
  const from = events.find(isTelling)?.id;
  if (from === undefined) return new Map();
  const until = events.at(-1)?.id ?? from;
  const atOnce = Math.min(1000, until - from + SOME_MORE);
  const whole = await eventsAfter(from - 1, { ...asked, withData: true, atOnce });
  return new Map(
    whole
      .filter((event) => isTelling(event) && (event.id ?? 0) <= until)
      .map(({ id = 0, stateExitedEventDetails: exit }) => [
        id,
        findingsOf(exit?.name ?? '', exit?.assignedVariables ?? {}) ?? [
          `What ${exit?.name} has found cannot be shown: the machine is of another version; look at the execution`,
        ],
      ]),
  );
}

/** Events that may have come since the last look, so that one call has them all. */
const SOME_MORE = 20;
