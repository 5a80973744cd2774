import { Engine } from '../../src/rehearsal/aws/dynamodb/engine.ts';
import type { Fields, JsonRpcService } from '../../src/rehearsal/aws/json-rpc.ts';
import { LEDGER, LIVE, RESTORED } from './names.ts';

/** What requests cost. */
export interface Usage {
  /** By operation. */
  readonly calls: Readonly<Record<string, number>>;
  /** How many of them went to the ledger. */
  readonly ledgerCalls: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

interface Capacity {
  readonly CapacityUnits: number;
}

const WRITES = ['BatchWriteItem', 'PutItem', 'UpdateItem', 'DeleteItem'];

/**
 * DynamoDB's tables in memory, which count every request and the capacity that it consumed, whether or not the
 * client asked for it.
 */
export class MeteredTables implements JsonRpcService {
  readonly name = 'DynamoDB';
  readonly errorPrefix = 'com.amazonaws.dynamodb.v20120810#';
  readonly engine = new Engine(() => {});
  #usage = { calls: {} as Record<string, number>, ledgerCalls: 0, readUnits: 0, writeUnits: 0 };

  get usage(): Usage {
    return this.#usage;
  }

  /** Forgets what was counted. */
  rewindMeter(): void {
    this.#usage = { calls: {}, ledgerCalls: 0, readUnits: 0, writeUnits: 0 };
  }

  /** Counts a request, and what it consumed. */
  count(operation: string, units: number): void {
    const { calls } = this.#usage;
    calls[operation] = (calls[operation] ?? 0) + 1;
    this.#usage[WRITES.includes(operation) ? 'writeUnits' : 'readUnits'] += units;
  }

  async call(operation: string, input: Fields): Promise<Fields> {
    if (input['TableName'] === LEDGER) this.#usage.ledgerCalls += 1;
    if (operation === 'DescribeTable') {
      this.count(operation, 0);
      return this.#describe(input);
    }
    const { ReturnConsumedCapacity: asked = 'TOTAL' } = input;
    const { ConsumedCapacity, ...rest } = await this.engine.call(operation, {
      ...input,
      ReturnConsumedCapacity: asked === 'NONE' ? 'TOTAL' : asked,
    });
    const units = [ConsumedCapacity]
      .flat()
      .reduce<number>((sum, each) => sum + ((each as Capacity | undefined)?.CapacityUnits ?? 0), 0);
    this.count(operation, units);
    return input['ReturnConsumedCapacity'] === undefined ? rest : { ...rest, ConsumedCapacity };
  }

  /** An engine knows no restores: what DescribeTable says of one is added here. */
  async #describe(input: Fields): Promise<Fields> {
    const { Table } = (await this.engine.call('DescribeTable', input)) as { readonly Table: Fields };
    if (input['TableName'] !== RESTORED) return { Table };
    const live = await this.engine.table(LIVE);
    const RestoreSummary = {
      SourceTableArn: live?.TableArn,
      RestoreDateTime: 0,
      RestoreInProgress: false,
    };
    return { Table: { ...Table, RestoreSummary } };
  }
}
