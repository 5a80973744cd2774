import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { handlers } from '../tasks/handlers.ts';
import { RecoverySystem } from '../tasks/recovery-system.ts';
import { PAUSED } from './application/event-sources.ts';
import { APPLICATION } from './application/functions.ts';
import { TABLES } from './application/tables.ts';
import { roleArn } from './aws/arn.ts';
import type { EmbeddedAws } from './aws/embedded-aws.ts';
import { ROLES } from './rehearsed-clients.ts';

const LEDGER = 'rewind-ledger';

/**
 * The recovery system of the rehearsed application, as it would be deployed.
 * @param fenced names of the tables that have a write fence.
 */
export function rehearsedSystem(fenced: readonly string[]): RecoverySystem {
  return RecoverySystem.parse({
    ledgerTable: LEDGER,
    tables: TABLES.map(({ name }, index) => ({
      name,
      segments: 2,
      forensicBackup: index !== 2,
      writeFence: fenced.includes(name),
    })),
    fenceWriter: roleArn(ROLES.reset),
    functions: { prefix: APPLICATION },
    pause: PAUSED,
    ownFunctions: Object.keys(handlers).map(ownName),
  });
}

/** This system's own functions bear the application's prefix, so that only their exclusion keeps them alive. */
const ownName = (task: string): string => `${APPLICATION}rewind-${task}`;

/** Deploys the ledger and the functions of the recovery system. */
export async function deploySystem(aws: EmbeddedAws, dynamodb: DynamoDBClient): Promise<void> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName: LEDGER,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
  for (const task of Object.keys(handlers))
    aws.functions.addFunction({ name: ownName(task), timeoutSeconds: 900 });
}
