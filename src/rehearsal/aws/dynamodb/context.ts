import type { Fields } from '../json-rpc.ts';
import type { Catalog } from './catalog.ts';
import type { Engine } from './engine.ts';
import type { PolicyStore } from './policy-store.ts';

/** What the DynamoDB operations share. */
export interface DynamoDbContext {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly policies: PolicyStore;
  readonly clock: { now(): number };
  /** How long a restore into a table of this name takes, in milliseconds. */
  restoreDuration(targetTable: string): number;
  /** How long a backup stays CREATING, in milliseconds. */
  readonly backupDuration: number;
}

/**
 * One operation: its input as JSON in, its output as JSON out; it throws AwsError.
 * @param caller ARN of the role that makes the call.
 */
export type Operation = (input: Fields, caller: string) => Fields | Promise<Fields>;
export type Operations = Readonly<Record<string, Operation>>;
