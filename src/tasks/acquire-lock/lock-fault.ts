import { isNamed } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import type { Lock } from '../ledger/lock-record.ts';
import { holderStatus } from './holder-status.ts';
import { executionName } from './execution-name.ts';

/**
 * Why an execution may not have the lock, or undefined when it may: nobody holds it, it holds it itself, or
 * the holder's lease or execution has ended.
 */
export async function lockFault(
  lock: Lock | undefined,
  executionArn: string,
  environment: Environment<'sfn'>,
): Promise<string | undefined> {
  if (lock === undefined || lock.executionArn === executionArn) return undefined;
  if (Date.parse(lock.expiresAt) <= environment.clock.now()) return undefined;
  if (!(await isRunning(lock, environment))) return undefined;
  return (
    `lock: held by incident ${lock.incidentId}, execution ${executionName(lock.executionArn)}, ` +
    `since ${lock.acquiredAt} (lease until ${lock.expiresAt}); wait for that execution or stop it, ` +
    'then start again: the lock of an execution that has ended is taken over'
  );
}

async function isRunning(lock: Lock, { sfn }: Environment<'sfn'>): Promise<boolean> {
  const holder = await holderStatus(lock, sfn);
  if ('isAlive' in holder) return holder.isAlive;
  // The holder is no execution of Step Functions: only the end of its lease can tell.
  if (isNamed(holder.error, 'InvalidArn')) return true;
  throw holder.error;
}
