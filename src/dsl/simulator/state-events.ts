import type { State } from '../asl/machine.ts';
import type { HistoryEventType } from './history-event.ts';

/** The events of entering, written out: all events of a type then share one text. */
export const enteredEvent = {
  Choice: 'ChoiceStateEntered',
  Fail: 'FailStateEntered',
  Map: 'MapStateEntered',
  Parallel: 'ParallelStateEntered',
  Pass: 'PassStateEntered',
  Succeed: 'SucceedStateEntered',
  Task: 'TaskStateEntered',
  Wait: 'WaitStateEntered',
} as const satisfies { readonly [T in State['Type']]: HistoryEventType };

/** The events of leaving. */
export const exitedEvent = {
  Choice: 'ChoiceStateExited',
  Map: 'MapStateExited',
  Parallel: 'ParallelStateExited',
  Pass: 'PassStateExited',
  Succeed: 'SucceedStateExited',
  Task: 'TaskStateExited',
  Wait: 'WaitStateExited',
} as const satisfies { readonly [T in Exclude<State['Type'], 'Fail'>]: HistoryEventType };

const all: ReadonlySet<HistoryEventType> = new Set<HistoryEventType>([
  ...Object.values(enteredEvent),
  ...Object.values(exitedEvent),
]);

/** Whether a state is entered or left with it. */
export const isStateEvent = (type: HistoryEventType): boolean => all.has(type);
