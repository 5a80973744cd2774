import { isNamed } from '../aws-error.ts';
import { isSamePolicy } from '../fence/fenced-policy.ts';
import { TablePolicies, textOf } from '../fence/table-policies.ts';
import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { RESTORED_PREFIX } from '../preflight/restored-name.ts';
import { TaskError } from '../task-error.ts';
import { copyPolicy } from './copy-policy.ts';
import { protectCopy } from './task.ts';

const ASK_EVERY_MILLISECONDS = 5000;

/** What is kept back of the invocation's time: a look at the policy takes up to a minute. */
const LAST_LOOK_MILLISECONDS = 150_000;

export const protectCopyHandler = handlerOf(protectCopy, async (request, environment) => {
  const { tableArn, restoredName, unawaited = false } = request;
  const { system, clock, deadline } = environment;
  if (!restoredName.startsWith(RESTORED_PREFIX))
    throw new TaskError(
      'CopyUnprotected',
      `${restoredName} was not made by a restore of this system, and its policy is not touched; use what preflight planned`,
    );
  const copy = tableArn.slice(0, tableArn.indexOf('/') + 1) + restoredName;
  const policy = copyPolicy(copy, system.copyReaders ?? []);
  const policies = new TablePolicies(environment);
  while (!(await isPut(policies, copy, policy))) {
    if (clock.now() + ASK_EVERY_MILLISECONDS > deadline - LAST_LOOK_MILLISECONDS) {
      if (unawaited)
        throw new TaskError('CopyUnprotected', `${restoredName} takes no policy yet; Lambda calls again`);
      return { protected: false };
    }
    await clock.sleep(ASK_EVERY_MILLISECONDS);
  }
  const seen = await policies.readUntil(copy, (now) => isSamePolicy(textOf(now), policy));
  if (isSamePolicy(textOf(seen), policy)) return { protected: true };
  throw new TaskError(
    'CopyUnprotected',
    `the resource policy of ${restoredName} was put and is not the one that DynamoDB tells; find who changes it`,
  );
});

/**
 * Puts the policy in the place of whatever there is: nobody else has business with a copy.
 * @returns false when the table is not there yet, or does not take a policy while it is being made.
 */
async function isPut(policies: TablePolicies, copy: string, policy: string): Promise<boolean> {
  try {
    const now = await policies.read(copy);
    if (now === 'gone') return false;
    if (isSamePolicy(textOf(now), policy)) return true;
    const expected = now === 'none' ? undefined : now.revision;
    return (await policies.put(copy, policy, expected)) !== undefined;
  } catch (error) {
    if (isNamed(error, 'ResourceInUseException')) return false;
    throw error;
  }
}

export const handler = lambdaEntry(protectCopyHandler);
