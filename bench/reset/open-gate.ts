import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beginFreeze, markWriting, openIncident } from '../../src/tasks/ledger/incident-record.ts';
import { takeLock } from '../../src/tasks/ledger/lock-record.ts';
import { INCIDENT, LEDGER, RUN } from '../tables/names.ts';
import { planRecord } from '../tables/plan-record.ts';

/** Writes to the ledger that the incident has planned and passed its gate: without that, nothing is reset. */
export async function openGate(endpoint: string, segments: number): Promise<void> {
  const dynamodb = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  const now = new Date().toISOString();
  const ledger = { dynamodb, table: LEDGER, incidentId: INCIDENT, now: () => now };
  const lock = { incidentId: INCIDENT, executionArn: RUN, acquiredAt: now, expiresAt: now };
  await openIncident(ledger, now);
  await beginFreeze(ledger);
  await markWriting(ledger, new Map(), RUN);
  await takeLock(ledger, lock, undefined);
  for (let segment = 0; segment < segments; segment += 1)
    await dynamodb.send(new PutItemCommand({ TableName: LEDGER, Item: planRecord(segment, segments) }));
  dynamodb.destroy();
}
