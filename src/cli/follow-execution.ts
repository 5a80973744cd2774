import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn';

/** The states of `Rewind` that a person wants to hear of, in words. */
export const SPOKEN_STATES: Readonly<Record<string, string>> = {
  Surveyed: 'finds the functions to freeze, and who else writes: nothing is touched yet',
  Plan: 'preflight: nothing is touched yet',
  Locked: 'takes the lock',
  Frozen: 'freezes the application',
  Prepared: 'waits for running invocations to end, proves that nothing is written, restores into new tables',
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
  'Frozen.Undo': 'it failed before anything was written: thaws the application',
  'Locked.Undo': 'gives the lock back',
};

interface Following {
  readonly client: Pick<SFNClient, 'send'>;
  /** Told of each state as it is entered, once however often it polls. @param at when, as AWS tells it. */
  readonly entered: (words: string, at: Date | undefined) => void;
  /** Waits until it is time for the next look. */
  readonly pause: () => Promise<void>;
}

/** An execution that has ended. */
export interface Followed {
  readonly execution: DescribeExecutionCommandOutput;
  /** The last of the spoken states that it entered: the one that failed, if it did. */
  readonly state: string | undefined;
}

/** Follows an execution of `Rewind` until it has ended. It only reads: stopping to follow stops nothing else. */
export async function followExecution(
  executionArn: string,
  { client, entered, pause }: Following,
): Promise<Followed> {
  let seen = 0;
  let last: string | undefined;
  for (;;) {
    // Asked for before the events, so that those of the end are not missed.
    const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
    for (const event of await eventsAfter(seen, executionArn, client)) {
      seen = Math.max(seen, event.id ?? 0);
      const name = event.stateEnteredEventDetails?.name ?? '';
      const words = SPOKEN_STATES[name];
      if (words !== undefined && name !== last) entered(words, event.timestamp);
      if (words !== undefined) last = name;
    }
    if (execution.status !== 'RUNNING' && execution.status !== 'PENDING_REDRIVE')
      return { execution, state: last };
    await pause();
  }
}

/** The events with higher ids, oldest first, without the data of the execution. */
async function eventsAfter(
  seen: number,
  executionArn: string,
  client: Pick<SFNClient, 'send'>,
): Promise<HistoryEvent[]> {
  const found: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new GetExecutionHistoryCommand({
        executionArn,
        reverseOrder: true,
        includeExecutionData: false,
        maxResults: 200,
        nextToken,
      }),
    );
    const fresh = (page.events ?? []).filter(({ id = 0 }) => id > seen);
    found.push(...fresh);
    nextToken = fresh.length === (page.events ?? []).length ? page.nextToken : undefined;
  } while (nextToken !== undefined);
  return found.reverse();
}
