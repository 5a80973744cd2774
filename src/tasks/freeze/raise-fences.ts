import { lambdaErrorText } from '../aws-error.ts';
import { describeTable } from '../describe-table.ts';
import { FENCE_SID, fencedPolicy, hasFence, isSamePolicy } from '../fence/fenced-policy.ts';
import { TablePolicies, textOf } from '../fence/table-policies.ts';
import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import {
  noteFence,
  noteRaising,
  savedPolicies,
  savePolicy,
  type SavedPolicy,
} from '../ledger/policy-record.ts';
import { isFrozenSince } from '../ledger/saved-setting.ts';
import { inParallel } from '../pacing/in-parallel.ts';

export interface RaisedFences {
  /** Tables that now refuse the writes of everyone else. */
  readonly standing: number;
  readonly changed: number;
  readonly failures: readonly string[];
}

const TABLES_AT_ONCE = 8;

/**
 * Puts the write fence into the policy of each of these tables, as far as the system has them fenced; what the
 * policy was is in the ledger first.
 * @param since a fence that an earlier call has raised after this time (UTC, ISO 8601) counts as changed too: that call
 * may have died before it could tell.
 */
export async function raiseFences(
  tables: readonly string[],
  since: string | undefined,
  controls: IncidentControls,
): Promise<RaisedFences> {
  const { environment, ledger } = controls;
  const fenced = environment.system.tables.filter(
    ({ name, writeFence }) => writeFence === true && tables.includes(name),
  );
  if (fenced.length === 0) return { standing: 0, changed: 0, failures: [] };
  const saved = await savedPolicies(ledger);
  const failures: string[] = [];
  const results = await inParallel(fenced, TABLES_AT_ONCE, async ({ name }) => {
    try {
      if (outOfTime(environment)) throw new Error('not reached in the time of one call');
      const record = saved.get(name);
      const result = await raise(name, record, controls);
      return isFrozenSince(record, since) ? 'raised' : result;
    } catch (error) {
      failures.push(`write fence of ${name}: ${lambdaErrorText(error)}`);
      return 'failed';
    }
  });
  return {
    standing: results.filter((result) => result !== 'failed').length,
    changed: results.filter((result) => result === 'raised').length,
    failures,
  };
}

async function raise(
  table: string,
  record: SavedPolicy | undefined,
  { environment, ledger, allowChange }: IncidentControls,
): Promise<'raised' | 'stood'> {
  const policies = new TablePolicies(environment, allowChange);
  const owed = record?.state === 'frozen' ? record : undefined;
  const arn = owed?.arn ?? (await describeTable(table, environment))?.TableArn;
  const writer = environment.system.fenceWriter;
  if (arn === undefined || writer === undefined)
    throw new Error(arn === undefined ? 'the table does not exist' : 'no role is named that may write on');
  const now = await policies.read(arn);
  if (now === 'gone') throw new Error('the table does not exist');
  const before = textOf(now);
  if (hasFence(before)) {
    if (owed !== undefined) return 'stood';
    throw new Error(
      `its policy has a statement ${FENCE_SID} that this incident has not put there; take it out by hand`,
    );
  }
  if (owed !== undefined && !isSamePolicy(before, owed.before)) throw new Error(CHANGED_MEANWHILE);
  if (owed === undefined) await savePolicy(ledger, { table, arn, before });
  else await noteRaising(ledger, table);
  const wanted = fencedPolicy(before, { table: arn, writer });
  const revision = await policies.put(arn, wanted, typeof now === 'string' ? undefined : now.revision);
  if (revision === undefined) throw new Error(CHANGED_MEANWHILE);
  await noteFence(ledger, table, revision);
  const seen = await policies.readUntil(arn, (policy) => hasFence(textOf(policy)));
  if (!hasFence(textOf(seen))) throw new Error('it was put, and is not seen yet; freeze again');
  return 'raised';
}

const CHANGED_MEANWHILE =
  'somebody has changed the policy since it was saved, and it is left as it is; thaw, stop what deploys, and ' +
  'run the incident again';
