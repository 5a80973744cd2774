import { type HttpReply, serveHttp } from '../../src/rehearsal/aws/http-endpoint.ts';
import { answerJsonRpc } from '../../src/rehearsal/aws/json-rpc.ts';
import type { WireItem } from '../../src/rehearsal/aws/dynamodb/wire-item.ts';
import { answerMessages } from '../child.ts';
import { createTables } from '../tables/create-tables.ts';
import { MeteredTables } from '../tables/metered-tables.ts';
import { LIVE, RESTORED } from '../tables/names.ts';
import { shapes } from '../tables/shapes.ts';
import { CannedTable, type Pair } from './canned-table.ts';

/** What the server of canned pages can be asked. */
export type PageServerRequest =
  /** Begins to serve two tables, and answers with the endpoint. */
  | { readonly serve: Pair }
  /** Answers with what was served since it was last asked. */
  | 'served';

/** What was served of the two tables. */
export interface Served {
  readonly pages: number;
  /** Of scanned pages. */
  readonly pageBytes: number;
  /** BatchGetItem requests. */
  readonly lookups: number;
  readonly lookupBytes: number;
}

const NOTHING = { pages: 0, pageBytes: 0, lookups: 0, lookupBytes: 0 };
let served = { ...NOTHING };

answerMessages(async (request: PageServerRequest) => {
  if (request === 'served') {
    const answer = served;
    served = { ...NOTHING };
    return answer;
  }
  return serve(request.serve);
});

async function serve(pair: Pair): Promise<string> {
  // The ledger, and what DescribeTable says.
  const engine = new MeteredTables();
  await createTables(engine.engine, shapes[pair.shape]);
  const canned: Readonly<Record<string, CannedTable>> = {
    [LIVE]: new CannedTable('live', pair),
    [RESTORED]: new CannedTable('restored', pair),
  };
  const { url } = await serveHttp(0, async (call) => {
    const [, operation = ''] = String(call.headers['x-amz-target']).split('.');
    if (operation === 'Scan') return scan(canned, JSON.parse(call.body) as ScanInput);
    if (operation === 'BatchGetItem') return look(canned, JSON.parse(call.body) as BatchGetInput);
    return answerJsonRpc(engine, operation, call);
  });
  return url;
}

interface ScanInput {
  readonly TableName: string;
  readonly Segment?: number;
  readonly TotalSegments?: number;
  readonly ExclusiveStartKey?: WireItem;
}

function scan(canned: Readonly<Record<string, CannedTable>>, input: ScanInput): HttpReply {
  const { TableName, Segment = 0, TotalSegments = 1, ExclusiveStartKey } = input;
  const place = { segment: Segment, segments: TotalSegments, after: ExclusiveStartKey };
  const body = canned[TableName]!.page(place);
  served.pages += 1;
  served.pageBytes += body.length;
  return reply(body);
}

interface BatchGetInput {
  readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly WireItem[] }>>;
}

function look(canned: Readonly<Record<string, CannedTable>>, { RequestItems }: BatchGetInput): HttpReply {
  const [[table, { Keys }]] = Object.entries(RequestItems) as [
    [string, { readonly Keys: readonly WireItem[] }],
  ];
  const body = Buffer.concat([
    Buffer.from(`{"Responses":{"${table}":`),
    canned[table]!.itemsAt(Keys),
    Buffer.from('},"UnprocessedKeys":{}}'),
  ]);
  served.lookups += 1;
  served.lookupBytes += body.length;
  return reply(body);
}

const reply = (body: Uint8Array): HttpReply => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body,
});
