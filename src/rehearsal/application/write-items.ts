import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';

/** The most requests in a BatchWriteItem. */
const BATCH = 25;
/** Batches under way at a time; the engine is one process, so more would only queue. */
const AT_ONCE = 8;

/** Writes all requests to one table; what the table does not process is sent again. */
export async function writeItems(
  client: DynamoDBClient,
  table: string,
  requests: Iterable<WriteRequest>,
): Promise<number> {
  let written = 0;
  const batches = batchesOf(requests);
  const worker = async () => {
    for (const batch of batches) {
      let left: WriteRequest[] = batch;
      while (left.length > 0) {
        const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: left } }));
        left = answer.UnprocessedItems?.[table] ?? [];
      }
      written += batch.length;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return written;
}

function* batchesOf(requests: Iterable<WriteRequest>): Generator<WriteRequest[]> {
  let batch: WriteRequest[] = [];
  for (const request of requests) {
    batch.push(request);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
