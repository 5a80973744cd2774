import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand, type KeyState } from '@aws-sdk/client-kms';
import { errorName } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { shortList } from '../short-list.ts';

interface Looked {
  /** Where the request names it: `tables[0].name`. */
  readonly place: string;
  readonly live: TableDescription | undefined;
}

interface EncryptedTable {
  readonly place: string;
  readonly name: string;
  readonly key: string;
}

export interface CheckedKeys {
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

const KEYS_AT_ONCE = 8;

/** What brings a key back into the state `Enabled` (KMS developer guide, "Key states of AWS KMS keys"). */
const REMEDIES: Readonly<Record<string, string>> = {
  Creating: 'wait until it is Enabled',
  Disabled: 'enable it',
  PendingDeletion: 'cancel its deletion, and enable it',
  PendingImport: 'import its key material again',
  PendingReplicaDeletion: 'cancel its deletion, and enable it',
  Unavailable: 'connect its custom key store again',
  Updating: 'wait until it is Enabled',
};

/**
 * Whether the keys of encrypted tables can be used. DynamoDB goes on for a while with a key that no longer can, so
 * that the table seems sound while its restore, which takes the same key, would fail. A key that this system may not
 * look at is a warning, since whoever owns it may keep it to himself; of a sensitive table it is a fault, unless the
 * deployment names the key: its copy could neither be made nor read.
 */
export async function checkKeys(
  tables: readonly Looked[],
  { kms, system }: Pick<Environment<'kms'>, 'kms' | 'system'>,
): Promise<CheckedKeys> {
  const encrypted = tables.flatMap(({ place, live }) => {
    const key = live?.SSEDescription?.KMSMasterKeyArn;
    return key === undefined ? [] : [{ place, name: live?.TableName ?? '', key }];
  });
  const keys = [...new Set(encrypted.map(({ key }) => key))];
  const states = new Map(
    await inParallel(keys, KEYS_AT_ONCE, async (key) => [key, await stateOf(key, kms)] as const),
  );
  const withState = encrypted.map((table) => ({ ...table, state: states.get(table.key) }));
  const unseen = withState.filter(({ state }) => state === 'unseen');
  const isUnnamed = ({ name }: EncryptedTable) =>
    system.tables.some((table) => table.name === name && table.sensitive === true && table.keyNamed !== true);
  const others = unseen.filter((table) => !isUnnamed(table)).map(({ name }) => name);
  return {
    faults: [
      ...withState.flatMap(({ state, ...table }) => keyFaults(table, state)),
      ...unseen.filter(isUnnamed).map(unnamedFault),
    ],
    warnings: others.length === 0 ? [] : [unseenWarning(others)],
  };
}

type Seen = KeyState | 'unseen' | 'gone' | undefined;

async function stateOf(key: string, kms: Environment<'kms'>['kms']): Promise<Seen> {
  try {
    return (await kms.send(new DescribeKeyCommand({ KeyId: key }))).KeyMetadata?.KeyState;
  } catch (error) {
    const name = errorName(error);
    if (name === 'AccessDeniedException') return 'unseen';
    if (name === 'NotFoundException') return 'gone';
    throw error;
  }
}

function keyFaults({ place, name, key }: EncryptedTable, state: Seen): string[] {
  if (state === 'Enabled' || state === 'unseen') return [];
  if (state === 'gone')
    return [
      `${place}: the key ${key} that encrypts ${name} does not exist any more, so nothing can be restored; ` +
        'leave the table out',
    ];
  return [
    `${place}: the key ${key} that encrypts ${name} is ${state ?? 'in no known state'}, and the restore needs it; ` +
      `${REMEDIES[state ?? ''] ?? 'see that it is Enabled'}, and start again`,
  ];
}

const unnamedFault = ({ place, name, key }: EncryptedTable): string =>
  `${place}: ${name} is sensitive, and its key ${key} is not named in the deployment, so that nothing could be ` +
  'restored and read; import the table with its encryptionKey (kmsKeyArn in a configuration file), deploy, and start ' +
  'again';

const unseenWarning = (tables: readonly string[]): string =>
  `tables: whether the keys that encrypt ${shortList(tables)} can be used is not known (kms:DescribeKey was denied); ` +
  'an AWS managed key always can, a customer managed key must be named in the deployment, or the restore fails';
