/** What descriptions tell of an ended execution's redrive. Executions of a simulation are never redriven. */
export function redriveOf(status: string): {
  readonly RedriveCount: number;
  readonly RedriveStatus: string;
  readonly RedriveStatusReason?: string;
} {
  if (status !== 'SUCCEEDED') return { RedriveCount: 0, RedriveStatus: 'REDRIVABLE' };
  return {
    RedriveCount: 0,
    RedriveStatus: 'NOT_REDRIVABLE',
    RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  };
}
