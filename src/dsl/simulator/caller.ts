import type { Json } from '../asl/machine.ts';
import type { Authority } from './iam/authority.ts';
import type { IntegrationCall } from './integrations/integration.ts';
import type { TaskCall, UnnumberedEvent } from './request.ts';

/** What a call may do with the execution that makes it. */
export interface Caller extends Pick<IntegrationCall, 'executionArn' | 'startExecution' | 'beside'> {
  /** What its role may do; undefined for everything. */
  readonly authority: Authority | undefined;
  readonly submitted: (call: TaskCall, output: Json) => void;
  readonly begun: (call: TaskCall, workerName: string | undefined) => void;
}

/** The part of a caller that tells its history how far a call has come. */
export const recordingCalls = (
  record: (event: UnnumberedEvent) => number,
): Pick<Caller, 'submitted' | 'begun'> => ({
  submitted: ({ thread, resource: { resource, resourceType } }, output) => {
    const details = {
      resource,
      resourceType,
      output: JSON.stringify(output),
      outputDetails: { truncated: false },
    };
    const event = { previousEventId: thread.cursor, taskSubmittedEventDetails: details };
    thread.cursor = record({ type: 'TaskSubmitted', ...event });
  },
  begun: ({ thread }, workerName) => {
    const details = workerName === undefined ? {} : { workerName };
    const event = { previousEventId: thread.cursor, activityStartedEventDetails: details };
    thread.cursor = record({ type: 'ActivityStarted', ...event });
  },
});
