import type { Ledger } from './ledger.ts';
import type { LedgerItem } from './read-records.ts';
import {
  type Saved,
  savedFrom,
  savedSettings,
  settleSetting,
  type Stop,
  type Stopping,
  stopSetting,
} from './saved-setting.ts';

const PREFIX = 'policy#';

/** A table's resource policy as the incident found it, before the write fence. */
export interface SavedPolicy extends Saved {
  readonly table: string;
  readonly arn: string;
  /** The policy's text, to the letter; undefined when the table had none. */
  readonly before: string | undefined;
  /**
   * The policy's text as the first run found it, where a later run has found another one: it is not put back. Undefined
   * where none has, or the table had none.
   */
  readonly replaced: string | undefined;
  /** DynamoDB's id of the policy with the fence in it; undefined until that was put and noted. */
  readonly fenceRevision: string | undefined;
}

/**
 * Fences a table whose policy is saved first.
 * @param stopping its `stop` puts the fence there, and returns DynamoDB's id of the policy with it; undefined when something
 * else is there.
 * @returns undefined when something else is there.
 */
export async function fencePolicy(
  ledger: Ledger,
  { table, arn, before, replaced }: Pick<SavedPolicy, 'table' | 'arn' | 'before' | 'replaced'>,
  { stop, ...stopping }: Omit<Stopping, 'stop'> & { readonly stop: () => Promise<string | undefined> },
): Promise<Stop | undefined> {
  const values = {
    arn: { S: arn },
    ...(before === undefined ? {} : { before: { S: before } }),
    ...(replaced === undefined ? {} : { replaced: { S: replaced } }),
  };
  return stopSetting(
    ledger,
    { sortKey: PREFIX + table, values },
    {
      ...stopping,
      stop: async () => {
        const revision = await stop();
        return revision === undefined ? 'gone' : { fenceRevision: { S: revision } };
      },
    },
  );
}

/** Records that a table's policy is as it was, or that what was saved is no longer owed. */
export async function settlePolicy(
  ledger: Ledger,
  table: string,
  state: 'thawed' | 'gone' | 'left',
): Promise<void> {
  await settleSetting(ledger, PREFIX + table, state);
}

/** Every policy that the incident has put a fence into at some time, by table. */
export async function savedPolicies(ledger: Ledger): Promise<Map<string, SavedPolicy>> {
  return savedSettings(ledger, PREFIX, savedPolicy);
}

function savedPolicy(table: string, record: LedgerItem): SavedPolicy {
  return {
    table,
    arn: record.arn?.S ?? '',
    before: record.before?.S,
    replaced: record.replaced?.S,
    fenceRevision: record.fenceRevision?.S,
    ...savedFrom(record),
  };
}
