import type { State } from '../asl/machine.ts';
import type { EventDetails, HistoryEvent, HistoryEventType } from './history-event.ts';
import type { Process } from './request.ts';
import { enteredEvent, exitedEvent } from './state-events.ts';
import type { Work } from './states/work.ts';
import type { Transition } from './visit-state.ts';

/**
 * One line of events in a history: the machine's own, or a branch's, or an iteration's. It knows which event
 * the next one follows, what it was doing should it be stopped, and where it goes on should the execution be redriven.
 */
export interface Thread {
  /** The event that the next one follows (`previousEventId`). */
  cursor: number;
  /** The event that an EvaluationFailed follows: Step Functions does not count the entering before it. */
  evaluationCursor: number;
  /** The type of the state that was entered and not yet left. */
  open: State['Type'] | undefined;
  /** The threads that a Map or Parallel under way consists of. */
  inner: readonly Thread[];
  /** Whether it has begun and not ended. */
  running: boolean;
  /** Where the last state that was left led to; undefined before that. */
  reached: Transition | undefined;
  /** The event of entering the state that is not yet left. */
  entered: HistoryEvent | undefined;
  /** What the Map or Parallel that is not yet left has begun. */
  work: Work | undefined;
}

export function newThread(cursor: number): Thread {
  return {
    cursor,
    evaluationCursor: cursor,
    open: undefined,
    inner: [],
    running: false,
    reached: undefined,
    entered: undefined,
    work: undefined,
  };
}

/**
 * Readies a thread that stopped short to go on where it did: its next event follows `cursor`.
 * @param error what it failed with, if it did.
 */
export function goOn(thread: Thread, cursor: number, error: string | undefined): void {
  thread.cursor = cursor;
  thread.evaluationCursor = cursor;
  thread.open = undefined;
  thread.inner = [];
  thread.running = false;
  if (error !== undefined && thread.work?.anewAfter.includes(error) === true) thread.work = undefined;
}

/** What an event says of its texts: nothing here is ever cut. */
export const wholly = Object.freeze({ truncated: false });

/** Records the thread's next event. Returns its id. */
export function* record(thread: Thread, type: HistoryEventType, details?: EventDetails): Process<number> {
  const event = { type, previousEventId: thread.cursor, ...details };
  const id = (yield { kind: 'record', event }) as number;
  thread.evaluationCursor = id;
  thread.cursor = id;
  return id;
}

/** Records that the thread enters a state. Returns the event, which the history has given its id and time. */
export function* recordEntered(
  thread: Thread,
  type: State['Type'],
  stateEnteredEventDetails: EventDetails['stateEnteredEventDetails'],
): Process<HistoryEvent> {
  const event = {
    id: undefined,
    timestamp: undefined,
    type: enteredEvent[type],
    previousEventId: thread.cursor,
    stateEnteredEventDetails,
  };
  // The history gives it its id and time. The thread has it first: whoever hears the event may stop the execution.
  const entered = event as unknown as HistoryEvent;
  thread.entered = entered;
  // An EvaluationFailed follows what came before the state.
  thread.evaluationCursor = thread.cursor;
  thread.cursor = (yield { kind: 'record', event }) as number;
  return entered;
}

/** Records that the thread leaves a state. */
export function* recordExited(
  thread: Thread,
  type: keyof typeof exitedEvent,
  stateExitedEventDetails: EventDetails['stateExitedEventDetails'],
): Process<void> {
  const event = {
    id: undefined,
    timestamp: undefined,
    type: exitedEvent[type],
    previousEventId: thread.cursor,
    stateExitedEventDetails,
  };
  const id = (yield { kind: 'record', event }) as number;
  thread.evaluationCursor = id;
  thread.cursor = id;
}

/** Records an event that the thread's next one does not follow. Returns its id. */
export function* recordBeside(
  thread: Thread,
  type: HistoryEventType,
  details?: EventDetails,
): Process<number> {
  const event = { type, previousEventId: thread.cursor, ...details };
  return (yield { kind: 'record', event }) as number;
}

/** Records that the thread was stopped in the midst of what it was doing, the innermost first. */
export function* recordAborted(thread: Thread): Process<void> {
  for (const inner of thread.inner) yield* recordAborted(inner);
  const { open } = thread;
  if (open === 'Task' || open === 'Wait' || open === 'Map' || open === 'Parallel')
    yield* recordBeside(thread, `${open}StateAborted`);
  thread.open = undefined;
  thread.inner = [];
}
