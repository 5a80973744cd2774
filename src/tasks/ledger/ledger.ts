import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isNamed } from '../aws-error.ts';
import type { Environment } from '../handler.ts';

/** The ledger as one incident's tasks see it. */
export interface Ledger {
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  readonly incidentId: string;
  /** The time in UTC, ISO 8601, as records bear it. */
  now(): string;
  /** Asked before a setting or its state is written; throws to prevent it. Default: nobody is. */
  readonly mayWrite?: () => Promise<void>;
}

/** The ledger of the system under recovery, opened for one incident. */
export function ledgerOf(environment: Environment, incidentId: string): Ledger {
  const { dynamodb, system, clock } = environment;
  return {
    dynamodb,
    table: system.ledgerTable,
    incidentId,
    now: () => new Date(clock.now()).toISOString(),
  };
}

/** The partition that holds everything of one incident. */
export function incidentPartition(incidentId: string): string {
  return `incident#${incidentId}`;
}

/** Runs a conditional write: false when the ledger's condition did not hold, with nothing written. */
export async function ifConditionHolds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isNamed(error, 'ConditionalCheckFailedException')) return false;
    throw error;
  }
}
