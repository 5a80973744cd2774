/** What the names of a recovery's resources start with unless told otherwise. */
export const DEFAULT_PREFIX = 'Rewind';

/**
 * Physical names: fixed, so that roles and the tasks' configuration can speak of functions and machines
 * without referring to them, which would be circular.
 */
export interface RecoveryNames {
  readonly ledger: string;
  readonly taskLogs: string;
  readonly machineLogs: string;
  functionOf(task: string): string;
  machineOf(workflow: string): string;
}

export function recoveryNames(prefix: string): RecoveryNames {
  return {
    ledger: `${prefix}-ledger`,
    taskLogs: `/aws/lambda/${prefix}`,
    // Under this prefix log delivery does not fill up the account's one resource policy (CloudWatch Logs guide).
    machineLogs: `/aws/vendedlogs/states/${prefix}`,
    functionOf: (task) => `${prefix}-${task}`,
    machineOf: (workflow) => `${prefix}-${workflow}`,
  };
}
