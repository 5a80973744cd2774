import type { ExecutionRecord } from '../executions/execution-record.ts';

/** Whether an execution can be redriven, as DescribeExecution tells. */
export interface RedriveStatus {
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  readonly redriveStatusReason?: string;
}

export function redriveStatusOf({ status, mapRunArn }: ExecutionRecord): RedriveStatus {
  if (status === 'RUNNING' || status === 'SUCCEEDED')
    return {
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: `Execution is ${status} and cannot be redriven`,
    };
  return { redriveStatus: mapRunArn === undefined ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN' };
}
