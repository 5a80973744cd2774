import { describeTable } from '../describe-table.ts';
import { FENCE_SID, fencedPolicy, hasFence, isSamePolicy, withoutFence } from '../fence/fenced-policy.ts';
import {
  POLICY_EFFECT_MILLISECONDS,
  SEEN_MILLISECONDS,
  TablePolicies,
  type TablePolicy,
  textOf,
} from '../fence/table-policies.ts';
import { type Failure, failureOf, LastingFault } from '../lambda-control/failure.ts';
import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import { fencePolicy, savedPolicies, settlePolicy, type SavedPolicy } from '../ledger/policy-record.ts';
import type { Stop } from '../ledger/saved-setting.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { fenceWriterOf } from '../recovery-system.ts';

export interface RaisedFences {
  /** Tables that now refuse the writes of everyone else. */
  readonly standing: number;
  readonly changed: number;
  /** From when on each of them refuses every write: milliseconds since the epoch, which may lie ahead. */
  readonly atRestFrom: number;
  readonly failures: readonly Failure[];
}

const TABLES_AT_ONCE = 8;

export interface ToFence {
  readonly tables: readonly string[];
  /** Whether this is a later look, which refuses a policy that somebody has changed; a new run begins with it. */
  readonly sweep: boolean;
  /**
   * A fence that an earlier call has raised after this time (UTC, ISO 8601) counts as changed too: that call may have
   * died before it could tell.
   */
  readonly since: string | undefined;
}

/**
 * Puts the write fence into the policy of each of these tables, as far as the system has them fenced; what the
 * policy was is in the ledger first.
 */
export async function raiseFences(
  { tables, ...how }: ToFence,
  controls: IncidentControls,
): Promise<RaisedFences> {
  const { environment, ledger } = controls;
  const fenced = environment.system.tables.filter(
    ({ name, writeFence }) => writeFence === true && tables.includes(name),
  );
  if (fenced.length === 0) return { standing: 0, changed: 0, atRestFrom: 0, failures: [] };
  const saved = await savedPolicies(ledger);
  const failures: Failure[] = [];
  const results = await inParallel(fenced, TABLES_AT_ONCE, async ({ name }) => {
    try {
      if (outOfTime(environment)) throw new Error('not reached in the time of one call');
      return await raise(name, { record: saved.get(name), ...how }, controls);
    } catch (error) {
      failures.push(failureOf(`write fence of ${name}`, error));
      return undefined;
    }
  });
  const standing = results.filter((result) => result !== undefined);
  return {
    standing: standing.length,
    changed: standing.filter(({ changed }) => changed).length,
    atRestFrom: standing.reduce(
      (latest, { stoppedAt }) => Math.max(latest, Date.parse(stoppedAt) + POLICY_EFFECT_MILLISECONDS),
      0,
    ),
    failures,
  };
}

interface Known extends Omit<ToFence, 'tables'> {
  readonly record: SavedPolicy | undefined;
}

async function raise(
  table: string,
  { record, since, sweep }: Known,
  { environment, ledger, allowChange }: IncidentControls,
): Promise<Stop> {
  const policies = new TablePolicies(environment, allowChange);
  const owed = record?.state === 'frozen' ? record : undefined;
  const arn = owed?.arn ?? (await describeTable(table, environment))?.TableArn;
  const writer = fenceWriterOf(environment.system, table);
  if (arn === undefined || writer === undefined)
    throw new LastingFault(arn === undefined ? NO_TABLE : 'no role is named that may write on');
  const isFenced = (policy: TablePolicy) => hasFence(textOf(policy), writer);
  // Put by a call that has died, it may not be seen yet.
  const isInDoubt =
    owed !== undefined && !(Date.parse(owed.stoppedAt ?? '') < environment.clock.now() - SEEN_MILLISECONDS);
  // After a thaw, of another incident too, the former fence is told for some seconds more.
  const isMeant = (policy: TablePolicy) =>
    owed === undefined ? !hasFence(textOf(policy)) : isFenced(policy);
  const now = await (isInDoubt || owed === undefined ? policies.readUntil(arn, isMeant) : policies.read(arn));
  if (now === 'gone') throw new LastingFault(NO_TABLE);
  const isStopped = isFenced(now);
  if (hasFence(textOf(now)) && owed === undefined) {
    // Step Functions makes a call again of which it has lost the answer, and Lambda lets both run.
    if ((await savedPolicies(ledger)).get(table)?.state === 'frozen')
      throw new Error('another call has raised it meanwhile; freeze again');
    throw new LastingFault(
      `its policy has a statement ${FENCE_SID} that this incident has not put there; take it out by hand`,
    );
  }
  // The fence of an earlier run lets another role write on, where the table has become sensitive since, or is no longer.
  const before = withoutFence(textOf(now));
  const isTheirs = !isStopped && owed !== undefined && !isSamePolicy(before, owed.before);
  if (isTheirs && hasFence(textOf(now))) throw new LastingFault(CHANGED_AROUND);
  if (isTheirs && sweep) throw new LastingFault(CHANGED_MEANWHILE);
  // Whoever has taken the fence out owes what was before to nobody: what is there now comes back.
  if (isTheirs) await settlePolicy(ledger, table, 'left');
  const put = () =>
    policies.put(
      arn,
      fencedPolicy(before, { table: arn, writer }),
      typeof now === 'string' ? undefined : now.revision,
    );
  const earlier = record?.replaced ?? (record?.state === 'thawed' ? undefined : record?.before);
  const replaced = isSamePolicy(earlier, before) ? undefined : earlier;
  const raised = await fencePolicy(
    ledger,
    { table, arn, before, replaced },
    { record: isTheirs ? undefined : record, isStopped, since, stop: put },
  );
  // Perhaps it was only told late what is there: the next look finds out.
  if (raised === undefined) throw new Error(CHANGED_MEANWHILE);
  if (!isStopped && !isFenced(await policies.readUntil(arn, isFenced)))
    throw new Error('it was put, and is not seen yet; freeze again');
  return raised;
}

const NO_TABLE = 'the table does not exist';
const CHANGED_MEANWHILE =
  'somebody has changed the policy since it was saved, and it is left as it is; stop what deploys, and start the ' +
  'incident again, which fences it as it is';
const CHANGED_AROUND =
  'somebody has changed the policy around the fence of an earlier run, and it is left as it is; take the statement ' +
  `${FENCE_SID} out of it by hand, and start the incident again`;
