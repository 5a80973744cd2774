import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { Key } from '../item/item.ts';
import { fromWire, wireJson } from './from-wire.ts';
import type { StoredItem } from './stored-item.ts';

/** One operation of a BatchWriteItem as DynamoDB's JSON. */
export type WireRequest = Buffer;

export function wirePut(item: StoredItem): WireRequest {
  return Buffer.concat([PUT_OPENING, item.text, PUT_CLOSING]);
}

export function wireDelete(key: Key): WireRequest {
  return Buffer.from(wireJson({ DeleteRequest: { Key: key } }));
}

/** An operation that an answer, read from its JSON, gives back as not processed. */
export function wireUnprocessed(request: unknown): WireRequest {
  return Buffer.from(JSON.stringify(request));
}

const PUT_OPENING = Buffer.from('{"PutRequest":{"Item":');
const PUT_CLOSING = Buffer.from('}}');
const COMMA = Buffer.from(',');

/**
 * A BatchWriteItem whose body is put together from the operations' JSON. The SDK would make objects of them and
 * JSON of these again; it is given no operations to serialise, and its body is replaced before its length is
 * taken and it is signed. Whoever looks at the command's input, as a mock does, finds the operations there.
 */
export function wireWrite(table: string, requests: readonly WireRequest[]): BatchWriteItemCommand {
  let seen: { [table: string]: WriteRequest[] } | undefined;
  const command = new BatchWriteItemCommand({
    get RequestItems() {
      return (seen ??= { [table]: requests.map(sdkRequest) });
    },
    ReturnConsumedCapacity: 'TOTAL',
  });
  command.middlewareStack.add((next) => (args) => next({ ...args, input: { RequestItems: {} } }), {
    step: 'initialize',
    priority: 'high',
    name: 'nothingToSerialise',
  });
  command.middlewareStack.add(
    (next) => (args) => {
      (args.request as { body: unknown }).body = body(table, requests);
      return next(args);
    },
    { step: 'build', priority: 'high', name: 'wireBody' },
  );
  return command;
}

function body(table: string, requests: readonly WireRequest[]): Buffer {
  const opening = Buffer.from(`{"ReturnConsumedCapacity":"TOTAL","RequestItems":{${JSON.stringify(table)}:[`);
  const listed = requests.flatMap((request, at) => (at === 0 ? [request] : [COMMA, request]));
  return Buffer.concat([opening, ...listed, Buffer.from(']}}')]);
}

function sdkRequest(json: WireRequest): WriteRequest {
  const { PutRequest, DeleteRequest } = JSON.parse(json.toString()) as WriteRequest;
  return PutRequest
    ? { PutRequest: { Item: fromWire(PutRequest.Item) } }
    : { DeleteRequest: { Key: fromWire(DeleteRequest?.Key) } };
}
