import type { ProvisionedConcurrency } from '../lambda-control/provisioned-concurrency.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerItem } from './read-records.ts';
import { saveSetting, type Saved, savedFrom, savedSettings, settleSetting } from './saved-setting.ts';

const PREFIX = 'provisioned#';

/** The provisioned concurrency of a function's alias or version as the incident found it. */
export interface SavedProvisioned extends ProvisionedConcurrency, Saved {}

const sortKey = ({ functionName, qualifier }: Pick<ProvisionedConcurrency, 'functionName' | 'qualifier'>) =>
  `${PREFIX}${functionName}:${qualifier}`;

/** Saves what is provisioned before it is taken away. @returns false when it is saved already. */
export async function saveProvisioned(ledger: Ledger, one: ProvisionedConcurrency): Promise<boolean> {
  const values = {
    functionName: { S: one.functionName },
    qualifier: { S: one.qualifier },
    requested: { N: String(one.requested) },
  };
  return saveSetting(ledger, { sortKey: sortKey(one), values });
}

/** Records that it is as it was, or that its alias or version no longer exists. */
export async function settleProvisioned(
  ledger: Ledger,
  one: ProvisionedConcurrency,
  state: 'thawed' | 'gone',
): Promise<void> {
  await settleSetting(ledger, sortKey(one), state);
}

/** All that the incident has taken away at some time. */
export async function savedProvisioned(ledger: Ledger): Promise<SavedProvisioned[]> {
  return [...(await savedSettings(ledger, PREFIX, fromRecord)).values()];
}

const fromRecord = (_key: string, record: LedgerItem): SavedProvisioned => ({
  functionName: record.functionName?.S ?? '',
  qualifier: record.qualifier?.S ?? '',
  requested: Number(record.requested?.N ?? 0),
  ...savedFrom(record),
});
