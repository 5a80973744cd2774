import type { BatchGetItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { attemptsOf } from '../item/item-calls.ts';
import type { Spending } from '../pacing/spending.ts';
import { wireJson } from './from-wire.ts';

interface Response {
  readonly statusCode: number;
  body: unknown;
}

/**
 * Sends a command with the ordinary client and gives its answer's JSON instead of the SDK's objects, whose
 * making costs several times what the rest of a comparison does.
 *
 * The client's middleware does everything else: endpoint, credentials, signature, retries, errors. Next to the
 * connection, one more takes the body of a successful answer and leaves an empty object in its place. Where
 * `send` is replaced, as by a mock, that never runs, and the answer's objects are written as JSON.
 *
 * @param spending is told when the SDK had to send it more than once.
 * @throws whatever `send` throws.
 */
export async function wireAnswer(
  client: DynamoDBClient,
  read: ScanCommand | BatchGetItemCommand,
  spending?: Spending,
): Promise<Buffer> {
  // To a middleware that looks at neither input nor output, all commands are alike.
  const command = read as ScanCommand;
  let json: Buffer | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as Response;
      if (response.statusCode === SUCCESS) {
        json = await received(response.body);
        response.body = NOTHING;
      }
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'keepWireAnswer' },
  );
  const output = await client.send(command);
  if (attemptsOf(output) > 1) spending?.throttled();
  return json ?? Buffer.from(wireJson(output));
}

const SUCCESS = 200;
const NOTHING = Buffer.from('{}');

async function received(body: unknown): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
