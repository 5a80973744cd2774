import type { HistoryEvent } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { Counts, TableName } from '../tasks/incident.ts';

/** One line of a running recovery. */
export interface Progress {
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  readonly phase: string;
  readonly text: string;
}

/** The execution that an event belongs to. */
export interface EventOrigin {
  readonly executionArn: string;
  readonly machineName: string;
}

/** What is told when a state of `Rewind` is entered: its phase and, in words, what it does. */
const ENTERED: Readonly<Record<string, readonly [phase: string, text: string]>> = {
  Surveyed: ['preflight', 'finding the functions in scope and who else writes'],
  Plan: ['preflight', 'checking the restore point and the tables'],
  Locked: ['preflight', 'taking the lock'],
  Frozen: ['freeze', 'pausing what feeds the functions, setting every one to reserved concurrency 0'],
  Prepared: ['prepare', 'draining running invocations, restoring and backing up the tables'],
  'SweptBeforePlan.Begin': ['freeze', 'sweeping up functions that appeared meanwhile'],
  'Undoable.Begin': ['gate', 'waiting until the damaged state is itself restorable'],
  Planned: ['gate', 'comparing the tables without writing'],
  Gate: ['gate', 'judging the plan: the last check before the first write'],
  'SweptBeforeReset.Begin': ['freeze', 'sweeping up functions that appeared meanwhile'],
  Recovered: ['reset', 'bringing the live tables to their restored content'],
  Proven: ['verify', 'every table is proven equal'],
  Thawed: ['thaw', 'putting everything back to what it was'],
  'CleanedUp.Remove.Removals': ['clean up', 'deleting the restored tables'],
  'Frozen.Undo': ['undo', 'thawing: nothing was written to a live table'],
  'Locked.Undo': ['undo', 'giving the lock back'],
};

/** Reads an execution's history as it is written and tells what a person wants to know of it. */
export class ProgressReader {
  readonly #inputs = new Map<string, unknown>();

  /** What an event means to a person; undefined for most. Counts and names only, never items or keys. */
  read(event: HistoryEvent, from: EventOrigin): Omit<Progress, 'at'> | undefined {
    if (event.executionStartedEventDetails)
      this.#inputs.set(from.executionArn, parsed(event.executionStartedEventDetails.input));
    if (from.machineName === 'Rewind') {
      const [phase, text] = ENTERED[event.stateEnteredEventDetails?.name ?? ''] ?? [];
      if (phase !== undefined && text !== undefined) return { phase, text };
    }
    if (event.type === 'ExecutionSucceeded') {
      const told = FINISHED[from.machineName];
      const output = parsed(event.executionSucceededEventDetails?.output);
      return told?.(this.#inputs.get(from.executionArn), output);
    }
    if (event.type === 'ExecutionFailed' && from.machineName !== 'Rewind') {
      const { error = 'failed' } = event.executionFailedEventDetails ?? {};
      return { phase: 'failure', text: `${from.machineName}: ${error}` };
    }
    return undefined;
  }
}

type Finished = (input: unknown, output: unknown) => Omit<Progress, 'at'> | undefined;

const Named = z.object({ restoredName: TableName });
const Reset = z.object({ table: TableName, mode: z.enum(['plan', 'apply']) });
const Verified = z.object({ items: z.number() });

/** What is told when a child execution has succeeded. */
const FINISHED: Readonly<Record<string, Finished>> = {
  RestoreTable: (input) => {
    const { data } = Named.safeParse(input);
    return data && { phase: 'restore', text: `${data.restoredName} is whole` };
  },
  ResetTable: (input, output) => {
    const { data: request } = Reset.safeParse(input);
    const { data: counts } = Counts.safeParse(output);
    if (!request || !counts) return undefined;
    const { puts, deletes, unchanged } = counts;
    const words = `${puts} puts, ${deletes} deletes, ${unchanged} unchanged`;
    return request.mode === 'plan'
      ? { phase: 'gate', text: `${request.table}: would need ${words}` }
      : { phase: 'reset', text: `${request.table}: ${words}` };
  },
  VerifyTable: (input, output) => {
    const { data: request } = Reset.omit({ mode: true }).safeParse(input);
    const { data } = Verified.safeParse(output);
    return request && data && { phase: 'verify', text: `${request.table}: equal, ${data.items} items` };
  },
};

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}
