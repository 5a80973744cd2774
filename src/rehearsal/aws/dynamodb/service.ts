import { createHash } from 'node:crypto';
import { roleArn, tableArn } from '../arn.ts';
import { unknownOperation } from '../aws-error.ts';
import type { CallLog } from '../call-log.ts';
import type { ConsumedUnits } from '../cloudwatch/consumed-units.ts';
import type { Fields, JsonRpcService } from '../json-rpc.ts';
import { backupOperations } from './backups.ts';
import { Catalog } from './catalog.ts';
import type { DynamoDbContext, Operations } from './context.ts';
import { continuousBackupOperations } from './continuous-backups.ts';
import { Engine } from './engine.ts';
import { itemOperations } from './items.ts';
import { PolicyStore } from './policy-store.ts';
import { resourcePolicyOperations } from './resource-policies.ts';
import { restoreOperations } from './restore.ts';
import { tableOperations } from './tables.ts';
import { tagOperations } from './tags.ts';
import { canonicalKey, type WireItem } from './wire-item.ts';

const MINUTE = 60_000;
const WRITE_UNIT_BYTES = 1024;

export interface DynamoDbOptions {
  readonly clock: { now(): number };
  readonly restoreMinutes: number;
  readonly backupMinutes: number;
  readonly seed: number | undefined;
  /** Where the write units of every call are counted. */
  readonly units: ConsumedUnits;
}

/** DynamoDB: the engine's data plane, and the control plane that it lacks. */
export class DynamoDb implements JsonRpcService {
  readonly name = 'DynamoDB';
  readonly errorPrefix = 'com.amazonaws.dynamodb.v20120810#';
  readonly #engine: Engine;
  readonly #catalog: Catalog;
  readonly #policies: PolicyStore;
  readonly #operations: Operations;

  constructor(options: DynamoDbOptions, log: CallLog) {
    const { clock, units } = options;
    this.#engine = new Engine(({ table, key, item }) => {
      const bytes = item === undefined ? 0 : this.#engine.sizeOf(item);
      log.countWrite(table);
      units.count(table, Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES)), clock.now());
      this.#catalog.entry(table)?.history.record(key, {
        at: clock.now(),
        text: item === undefined ? undefined : JSON.stringify(item),
        bytes,
      });
    });
    this.#catalog = new Catalog(this.#engine, clock);
    this.#policies = new PolicyStore(() => clock.now());
    const context: DynamoDbContext = {
      engine: this.#engine,
      catalog: this.#catalog,
      policies: this.#policies,
      clock,
      restoreDuration: (table) => options.restoreMinutes * MINUTE * variation(options.seed, table),
      backupDuration: options.backupMinutes * MINUTE,
    };
    this.#operations = {
      ...itemOperations(context),
      ...tableOperations(context),
      ...tagOperations(context),
      ...resourcePolicyOperations(context),
      ...continuousBackupOperations(context),
      ...restoreOperations(context),
      ...backupOperations(context),
    };
  }

  async call(operation: string, input: Fields, accessKeyId: string): Promise<Fields> {
    const perform = this.#operations[operation];
    if (perform === undefined) throw unknownOperation(`DynamoDB.${operation}`);
    await this.#catalog.settle();
    return perform(input, roleArn(accessKeyId));
  }

  /** @see EmbeddedAws.contentAt */
  contentAt(table: string, at: number): Map<string, WireItem> {
    const { history, keyNames } = this.#catalog.known(table);
    return byKey(history.itemsAt(at), keyNames);
  }

  /** @see EmbeddedAws.contentNow */
  async contentNow(table: string): Promise<Map<string, WireItem>> {
    const { keyNames } = this.#catalog.known(table);
    return byKey(await this.#engine.items(table), keyNames);
  }

  /** @see EmbeddedAws.policyOf */
  policyOf(table: string): string | undefined {
    return this.#policies.get(tableArn(table));
  }

  /** @see EmbeddedAws.keyNames */
  keyNames(table: string): readonly string[] {
    return this.#catalog.known(table).keyNames;
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}

function byKey(items: Iterable<WireItem>, keyNames: readonly string[]): Map<string, WireItem> {
  return new Map([...items].map((item) => [canonicalKey(item, keyNames), item]));
}

/** A factor between 0.75 and 1.25, fixed by seed and table; 1 without a seed. */
function variation(seed: number | undefined, table: string): number {
  if (seed === undefined) return 1;
  return 0.75 + createHash('sha256').update(`${seed} ${table}`).digest().readUInt16BE(0) / 0xffff / 2;
}
