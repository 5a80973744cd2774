import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  paginateScan,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { LIVE, RESTORED } from '../tables/names.ts';

type Item = NonNullable<WriteRequest['PutRequest']>['Item'];

const BATCH = 25;

/**
 * The known way to reset a table: one sequential scan that deletes every item of the live table, then one that
 * copies every item of the restored one. As in CompactConnect's functions `cleanup_records` and `copy_records`:
 * eventually consistent scans of whole items, one batch after the other, what was left unprocessed sent again at
 * once with the next (as boto3's batch_writer does).
 * @param keyNames the live table's key attributes.
 * @param width scan segments, all at once. The known way has one.
 */
export async function deleteAndCopy(
  dynamodb: DynamoDBClient,
  keyNames: readonly string[],
  width: number,
): Promise<void> {
  const keyOf = (item: Item) => Object.fromEntries(keyNames.map((name) => [name, item![name]!]));
  const pass = async (table: string, write: (item: Item) => WriteRequest) => {
    const segments = Array.from({ length: width }, (_, segment) => segment);
    await Promise.all(
      segments.map(async (Segment) => {
        const scan = { TableName: table, ...(width > 1 ? { Segment, TotalSegments: width } : {}) };
        for await (const { Items = [] } of paginateScan({ client: dynamodb }, scan))
          await writeAll(dynamodb, Items.map(write));
      }),
    );
  };
  await pass(LIVE, (item) => ({ DeleteRequest: { Key: keyOf(item) } }));
  await pass(RESTORED, (item) => ({ PutRequest: { Item: item } }));
}

async function writeAll(dynamodb: DynamoDBClient, requests: readonly WriteRequest[]): Promise<void> {
  let open = [...requests];
  while (open.length > 0) {
    const RequestItems = { [LIVE]: open.slice(0, BATCH) };
    const { UnprocessedItems } = await dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
    open = [...open.slice(BATCH), ...(UnprocessedItems?.[LIVE] ?? [])];
  }
}
