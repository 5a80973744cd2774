import { Annotations, type Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DEFAULT_APPROVAL_HOURS } from '../src/tasks/incident.ts';

/**
 * Warns when a person may take longer to answer than a freeze may stand: the alarm then goes off although nothing has
 * failed. It is no error, since an application without asynchronous events may wait.
 * @param patience how long an answer is waited for; default `DEFAULT_APPROVAL_HOURS`.
 */
export function warnOfPatience(scope: Construct, longestFreezeHours: number, patience?: Duration): void {
  const hours = patience?.toHours() ?? DEFAULT_APPROVAL_HOURS;
  if (hours < longestFreezeHours) return;
  Annotations.of(scope).addWarningV2(
    'rewind:approvalPatience',
    `approval.patience: an answer is waited for as long as ${hours} hours, and a freeze is announced as too long after ` +
      `${longestFreezeHours} (longestFreezeHours), so that a recovery which only waits for a person sets off the alarm. ` +
      'Lambda drops asynchronous events after six hours of freeze: shorten patience; or, if the application can bear ' +
      'that, raise longestFreezeHours or acknowledge this warning.',
  );
}
