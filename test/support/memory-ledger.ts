import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type DeleteItemCommandInput,
  type GetItemCommandInput,
  type PutItemCommandInput,
  type QueryCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { awsError } from './lambda-application.ts';
import { meets, updated, type Placeholders } from './ledger-expressions.ts';
import { LEDGER_TABLE } from './ledger-table.ts';
import type { CommandMock } from './quick-client.ts';
import type { Item } from './sensitive-items.ts';

/** The ledger table in memory, for tests that make very many runs; `ledgerTable` is a real engine. */
export class MemoryLedger {
  readonly #records = new Map<string, Item>();

  /** Has a mocked client answer for this ledger. */
  serve(mock: CommandMock): void {
    const ofLedger = { TableName: LEDGER_TABLE };
    mock.on(GetItemCommand, ofLedger).callsFake(({ Key = {} }: GetItemCommandInput) => ({
      Item: structuredClone(this.#records.get(place(Key))),
    }));
    mock.on(PutItemCommand, ofLedger).callsFake(({ Item = {}, ...asked }: PutItemCommandInput) => {
      this.#require(Item, asked);
      this.#records.set(place(Item), structuredClone(Item));
      return {};
    });
    mock.on(UpdateItemCommand, ofLedger).callsFake(({ Key = {}, ...asked }: UpdateItemCommandInput) => {
      this.#require(Key, asked);
      const before = this.#records.get(place(Key)) ?? Key;
      this.#records.set(place(Key), updated(before, asked.UpdateExpression ?? '', asked));
      return {};
    });
    mock.on(DeleteItemCommand, ofLedger).callsFake(({ Key = {}, ...asked }: DeleteItemCommandInput) => {
      this.#require(Key, asked);
      this.#records.delete(place(Key));
      return {};
    });
    mock.on(QueryCommand, ofLedger).callsFake((asked: QueryCommandInput) => this.#query(asked));
  }

  /** One record; undefined when it is not there. */
  record(pk: string, sk: string): Item | undefined {
    return this.#records.get(place({ pk: { S: pk }, sk: { S: sk } }));
  }

  /** Whether there is a record whose sort key begins so. */
  hasAny(pk: string, beginning: string): boolean {
    return [...this.#records.keys()].some((key) =>
      key.startsWith(place({ pk: { S: pk }, sk: { S: beginning } })),
    );
  }

  #require(key: Item, asked: Placeholders & { readonly ConditionExpression?: string | undefined }): void {
    if (!meets(this.#records.get(place(key)), asked.ConditionExpression, asked))
      throw awsError('ConditionalCheckFailedException', 'The conditional request failed');
  }

  #query({ KeyConditionExpression = '', ExpressionAttributeValues = {}, Limit }: QueryCommandInput): object {
    const [, partition = '', prefix = ''] =
      /^pk = (:\w+) AND begins_with\(sk, (:\w+)\)$/.exec(KeyConditionExpression) ?? [];
    if (partition === '') throw new Error(`the memory ledger cannot query: ${KeyConditionExpression}`);
    const pk = ExpressionAttributeValues[partition]?.S;
    const start = ExpressionAttributeValues[prefix]?.S ?? '';
    const found = [...this.#records.values()]
      .filter((item) => item.pk?.S === pk && item.sk?.S?.startsWith(start) === true)
      .sort((a, b) => ((a.sk?.S ?? '') < (b.sk?.S ?? '') ? -1 : 1));
    return { Items: structuredClone(found.slice(0, Limit)) };
  }
}

const place = ({ pk, sk }: Item): string => `${pk?.S}\n${sk?.S}`;
