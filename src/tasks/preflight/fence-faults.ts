import { isNamed } from '../aws-error.ts';
import { describeTable } from '../describe-table.ts';
import { fencedPolicy, FENCE_SID, hasFence, POLICY_BYTES } from '../fence/fenced-policy.ts';
import { TablePolicies, textOf } from '../fence/table-policies.ts';
import type { Environment } from '../handler.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { savedPolicies } from '../ledger/policy-record.ts';
import { fenceWriterOf } from '../recovery-system.ts';

export interface TableToFence {
  readonly name: string;
  /** Where the request names it: `tables[0].name`. */
  readonly place: string;
  readonly incidentId: string;
}

/** Why a table's write fence could not be raised; nothing for a table that is not to have one. */
export async function fenceFaults(table: TableToFence, environment: Environment): Promise<string[]> {
  const { name, place } = table;
  const { tables } = environment.system;
  const fenceWriter = fenceWriterOf(environment.system, name);
  if (!tables.some((known) => known.name === name && known.writeFence === true)) return [];
  if (fenceWriter === undefined)
    return [
      `${place}: the write fence of ${name} names no role that may write on; deploy the recovery system again`,
    ];
  try {
    const arn = (await describeTable(name, environment))?.TableArn;
    return arn === undefined
      ? []
      : await policyFaults(table, { table: arn, writer: fenceWriter }, environment);
  } catch (error) {
    if (!isNamed(error, 'AccessDeniedException')) throw error;
    return [
      `${place}: this system's role may not read the resource policy of ${name} (AccessDeniedException); ` +
        'deploy the recovery system again, and look for a policy that denies it',
    ];
  }
}

async function policyFaults(
  { name, place, incidentId }: TableToFence,
  fence: { readonly table: string; readonly writer: string },
  environment: Environment,
): Promise<string[]> {
  const before = textOf(await new TablePolicies(environment).read(fence.table));
  if (hasFence(before)) {
    const saved = await savedPolicies(ledgerOf(environment, incidentId));
    return saved.get(name)?.state === 'frozen'
      ? []
      : [
          `${place}: the resource policy of ${name} has a statement ${FENCE_SID} that this incident has not put ` +
            'there; thaw the incident that has, or take the statement out by hand',
        ];
  }
  const bytes = Buffer.byteLength(fencedPolicy(before, fence));
  if (bytes <= POLICY_BYTES) return [];
  return [
    `${place}: the resource policy of ${name} would have ${bytes} bytes with the write fence, and DynamoDB allows ` +
      `${POLICY_BYTES}; make the policy shorter, or deploy with writeFence false for this table`,
  ];
}
