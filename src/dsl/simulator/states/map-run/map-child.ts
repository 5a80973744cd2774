import type { Json, JsonObject } from '../../../asl/machine.ts';
import type { EndedExecution } from '../../integrations/integration.ts';
import { spelledRedrive } from '../../redrive.ts';
import type { StartedMapChild } from '../../request.ts';

/** What a Map Run knows of a child execution: never started, under way, or ended. */
export interface MapChildRecord {
  readonly input: Json;
  /** How many items it stands for. */
  readonly items: number;
  readonly started?: StartedMapChild;
  readonly end?: EndedExecution;
}

/** How a child ends that is stopped because others failed. */
export const abortedAt = (stopDate: number): EndedExecution => ({
  status: 'ABORTED',
  stopDate,
  redriveCount: 0,
  redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
});

export type ChildGroup = 'SUCCEEDED' | 'FAILED' | 'PENDING';

/** The result file that a child belongs in. */
export function groupOf({ started, end }: MapChildRecord): ChildGroup {
  if (started === undefined) return 'PENDING';
  return end?.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED';
}

/** A child as result files describe it; its input and output are JSON text there. */
export function describeChild(child: MapChildRecord, stateMachineArn: string): JsonObject {
  const { started, end, input } = child;
  const asked = { Input: JSON.stringify(input), InputDetails: { Included: true } };
  if (started === undefined || end === undefined) return { ...asked, Status: 'PENDING' };
  return {
    ...(end.cause === undefined ? {} : { Cause: end.cause }),
    ...(end.error === undefined ? {} : { Error: end.error }),
    ExecutionArn: started.executionArn,
    ...asked,
    Name: started.name,
    ...(end.output === undefined ? {} : { Output: JSON.stringify(end.output) }),
    OutputDetails: { Included: true },
    ...spelledRedrive(end),
    ...(end.redriveDate === undefined ? {} : { RedriveDate: new Date(end.redriveDate).toISOString() }),
    StartDate: new Date(started.startDate).toISOString(),
    StateMachineArn: stateMachineArn,
    Status: end.status,
    StopDate: new Date(end.stopDate).toISOString(),
  };
}
