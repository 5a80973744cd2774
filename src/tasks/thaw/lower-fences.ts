import { boundedLines } from '../bounded-lines.ts';
import { FENCE_SID, hasFence, isSamePolicy, withoutFence } from '../fence/fenced-policy.ts';
import {
  POLICY_EFFECT_MILLISECONDS,
  TablePolicies,
  textOf,
  type TablePolicy,
} from '../fence/table-policies.ts';
import { type Failure, failureOf, LastingFault } from '../lambda-control/failure.ts';
import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import { savedPolicies, settlePolicy, type SavedPolicy } from '../ledger/policy-record.ts';
import { answerBy } from '../pacing/answer-by.ts';
import { inParallel } from '../pacing/in-parallel.ts';

export interface LoweredFences {
  /** Tables whose policies are as they were. */
  readonly count: number;
  /** Tables whose policy somebody else has changed, the fence no longer in it: left as it is. */
  readonly warnings: readonly string[];
  readonly failures: readonly Failure[];
}

const TABLES_AT_ONCE = 8;
const MOST_WARNINGS = 20;

/** Puts every policy of the ledger back to the letter, and waits until DynamoDB tells and heeds it. */
export async function lowerFences({
  environment,
  ledger,
  allowChange,
}: IncidentControls): Promise<LoweredFences> {
  const saved = [...(await savedPolicies(ledger)).values()];
  const owed = saved.filter(({ state }) => state === 'frozen');
  // What an earlier call has found is told again: that call may have failed for something else.
  const kept = saved.filter(({ state }) => state === 'left').map(({ table }) => table);
  const adopted = saved.filter(({ replaced }) => replaced !== undefined).map(({ table }) => table);
  const policies = new TablePolicies(environment, allowChange);
  const failures: Failure[] = [];
  const results = await inParallel(owed, TABLES_AT_ONCE, async (one) => {
    try {
      if (outOfTime(environment)) throw new Error('not reached in the time of one call');
      const result = await lower(one, policies);
      await settlePolicy(ledger, one.table, result);
      if (result === 'left') kept.push(one.table);
      return result;
    } catch (error) {
      failures.push(failureOf(`write fence of ${one.table}`, error));
      return 'failed';
    }
  });
  const lowered = results.filter((result) => result === 'thawed').length;
  // What comes back earlier is still refused. Where no time is left to wait for that, nothing else comes back in this call.
  const left = Math.max(0, answerBy(environment) - environment.clock.now());
  if (lowered > 0) await environment.clock.sleep(Math.min(POLICY_EFFECT_MILLISECONDS, left));
  return {
    count: saved.filter(({ state }) => state === 'thawed').length + lowered,
    warnings: boundedLines(
      [...new Set([...kept, ...adopted])].map(leftInWords),
      'resource policies were left as they are',
      MOST_WARNINGS,
    ),
    failures,
  };
}

const leftInWords = (table: string): string =>
  `the resource policy of ${table} was changed by somebody during the recovery, and is left as it is; ` +
  `compare it with what the ledger has under policy#${table}: as replaced, or else as before`;

async function lower(
  { arn, before, fenceRevision }: SavedPolicy,
  policies: TablePolicies,
): Promise<'thawed' | 'gone' | 'left'> {
  const isBack = (policy: TablePolicy) => policy !== 'gone' && isSamePolicy(textOf(policy), before);
  const putBack = (revision: string) =>
    before === undefined ? policies.remove(arn, revision) : policies.put(arn, before, revision);
  // What is expected there is the fence as it was put: whatever a late read tells, nobody else's is overwritten.
  if (fenceRevision === undefined || (await putBack(fenceRevision)) === undefined) {
    // Never put, put without having been noted, put back already, or changed: a put is seen after some seconds.
    const now = await policies.readUntil(arn, (policy) => policy === 'gone' || hasFence(textOf(policy)));
    if (now === 'gone') return 'gone';
    if (isBack(now)) return 'thawed';
    if (typeof now === 'string' || !hasFence(now.text)) return 'left';
    if (!isSamePolicy(withoutFence(now.text), before)) throw new LastingFault(CHANGED_AROUND);
    // Another call of this thaw may have put it back, which is told late.
    if ((await putBack(now.revision)) === undefined)
      throw new Error('it is no longer what was told a moment ago; thaw again');
  }
  if (!isBack(await policies.readUntil(arn, isBack)))
    throw new Error('the policy was put back, and is not seen yet');
  return 'thawed';
}

const CHANGED_AROUND =
  'somebody has changed the policy around the fence, and it is left as it is; take the statement ' +
  `${FENCE_SID} out of it by hand, and thaw again`;
