import { DescribeExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { isNamed } from '../aws-error.ts';
import type { Lock } from '../ledger/lock-record.ts';

/** How the execution stands that holds the lock, or why that could not be seen. */
export type HolderStatus = HolderSeen | { readonly error: unknown };

interface HolderSeen {
  /** As Step Functions has it: `RUNNING`, `FAILED`, `ABORTED` and so on; `forgotten` 90 days after its end. */
  readonly status: string;
  /** Whether it goes on by itself. */
  readonly isAlive: boolean;
}

/** Asks Step Functions how the lock's holder stands: no ledger hears of an execution that was stopped. */
export async function holderStatus(
  { executionArn }: Pick<Lock, 'executionArn'>,
  sfn: SFNClient,
): Promise<HolderStatus> {
  try {
    // Without its input and output, which a customer managed key would have to decrypt.
    const asked = new DescribeExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' });
    const { status = 'UNKNOWN' } = await sfn.send(asked);
    return { status, isAlive: status === 'RUNNING' || status === 'PENDING_REDRIVE' };
  } catch (error) {
    return isNamed(error, 'ExecutionDoesNotExist') ? { status: 'forgotten', isAlive: false } : { error };
  }
}
