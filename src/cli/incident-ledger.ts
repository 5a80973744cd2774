import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Ledger } from '../tasks/ledger/ledger.ts';
import { type IncidentOptions, clientConfiguration } from './incident-options.ts';

/** The ledger that a command is told of, opened for its incident. */
export const incidentLedger = (incidentId: string, options: IncidentOptions): Ledger => ({
  dynamodb: new DynamoDBClient(clientConfiguration(options)),
  table: options.ledger,
  incidentId,
  now: () => new Date().toISOString(),
});
