import { type HttpReply, type HttpRequest, serveHttp } from '../../src/rehearsal/aws/http-endpoint.ts';
import { answerJsonRpc } from '../../src/rehearsal/aws/json-rpc.ts';
import { answerMessages } from '../child.ts';
import { Press } from '../tables/press.ts';
import { type Damage, differences, makeDamagedTables, SHAPE } from './damaged-tables.ts';
import { MeteredTables, type Usage } from '../tables/metered-tables.ts';
import { openGate } from './open-gate.ts';
import { isPlainScan, type ScanInput, scanPage } from './scan-page.ts';

/** What the engine's process can be asked. */
export type EngineRequest =
  /** Makes the tables, with an incident that has passed its gate for so many segments, and answers with the endpoint. */
  | { readonly make: Damage & { readonly segments: number } }
  /** Answers with the `EngineUsage` since then. */
  | 'usage'
  /** Answers with how many items are not the same in both tables. */
  | 'differences';

/** What the contender's requests cost. */
export interface EngineUsage extends Usage {
  /** Of the engine's process. */
  readonly cpuSeconds: number;
}

const tables = new MeteredTables();
const press = new Press(SHAPE);
let before: NodeJS.CpuUsage | undefined;

answerMessages(async (request: EngineRequest) => {
  if (request === 'usage') {
    const { user, system } = process.cpuUsage(before);
    return { ...tables.usage, cpuSeconds: (user + system) / 1e6 };
  }
  if (request === 'differences') return differences(tables.engine);
  await makeDamagedTables(tables.engine, request.make);
  const { url } = await serveHttp(0, (call) => {
    const [, operation = ''] = String(call.headers['x-amz-target']).split('.');
    return operation === 'Scan' ? scanned(call) : answerJsonRpc(tables, operation, call);
  });
  await openGate(url, request.make.segments);
  tables.rewindMeter();
  before = process.cpuUsage();
  return url;
});

async function scanned(call: HttpRequest): Promise<HttpReply> {
  const input = JSON.parse(call.body) as ScanInput;
  if (!isPlainScan(input)) return answerJsonRpc(tables, 'Scan', call);
  const { body, units } = await scanPage(tables.engine, press, input);
  tables.count('Scan', units);
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
}
