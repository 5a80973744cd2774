import { Agent, request } from 'node:http';
import { answerMessages } from '../child.ts';
import { measured } from '../contender/spent.ts';
import { LIVE, RESTORED } from '../tables/names.ts';

/** What is asked: to parse pages of both tables until so many bytes are parsed, or no more come. */
export interface ParseWork {
  readonly endpoint: string;
  readonly bytes: number;
  /** As they are received, both tables at once; or a few pages again and again, received and decoded before. */
  readonly from: 'HTTP' | 'memory';
}

/** Pages of each table that are parsed again and again. */
const PAGES_AT_HAND = 32;

const agent = new Agent({ keepAlive: true });

answerMessages(async ({ endpoint, bytes, from }: ParseWork) => {
  if (from === 'HTTP') return measured(() => parseReceived(endpoint, bytes));
  const texts: { text: string; length: number }[] = [];
  for (const table of [LIVE, RESTORED])
    for await (const body of pages(endpoint, table)) {
      texts.push({ text: body.toString('utf8'), length: body.length });
      if (texts.length % PAGES_AT_HAND === 0) break;
    }
  return measured(async () => {
    let parsed = 0;
    for (let at = 0; parsed < bytes; at = (at + 1) % texts.length) {
      JSON.parse(texts[at]!.text);
      parsed += texts[at]!.length;
    }
    return parsed;
  });
});

async function parseReceived(endpoint: string, bytes: number): Promise<number> {
  let parsed = 0;
  const scan = async (table: string) => {
    for await (const body of pages(endpoint, table)) {
      parsed += body.length;
      if (parsed >= bytes) break;
    }
  };
  await Promise.all([scan(LIVE), scan(RESTORED)]);
  return parsed;
}

/** The bodies of a whole scan; each is parsed, for the key that the next one begins after. */
async function* pages(endpoint: string, TableName: string): AsyncGenerator<Buffer> {
  let after: object | undefined;
  do {
    const body = await post(endpoint, JSON.stringify({ TableName, ExclusiveStartKey: after }));
    yield body;
    ({ LastEvaluatedKey: after } = JSON.parse(body.toString('utf8')) as {
      readonly LastEvaluatedKey?: object;
    });
  } while (after !== undefined);
}

async function post(endpoint: string, body: string): Promise<Buffer> {
  const headers = { 'x-amz-target': 'DynamoDB_20120810.Scan', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const call = request(endpoint, { method: 'POST', agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(Buffer.concat(chunks)));
      answer.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}
