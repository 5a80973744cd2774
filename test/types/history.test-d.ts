import type { HistoryEvent as SdkEvent } from '@aws-sdk/client-sfn';
import type { HistoryEvent } from '../../src/dsl/simulator/history-event.ts';

/** What reads a history out of GetExecutionHistory reads the simulator's. */
export const asTheSdk = (event: HistoryEvent): SdkEvent => event;

// @ts-expect-error but the SDK also has events that the simulator never records
export const asTheSimulator = (event: SdkEvent): HistoryEvent => event;
