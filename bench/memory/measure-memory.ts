import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleOf } from '../../infra/bundle-tasks.ts';
import { environmentAt } from '../contender/environment.ts';
import { INCIDENT, LEDGER, LIVE, RESTORED, RUN } from '../tables/names.ts';
import { planRecord } from '../tables/plan-record.ts';
import type { Shape } from './large-items.ts';

export interface MemoryRow {
  readonly name: string;
  readonly items: number;
  /** Items that a reset put and deleted. */
  readonly writes: number;
  readonly seconds: number;
  /** The largest resident memory that the process had. */
  readonly peakMiB: number;
}

type Task = 'ResetSegment' | 'VerifySegment';

const SEGMENT = { incidentId: INCIDENT, run: RUN, table: LIVE, segment: 0, segments: 1 };
const PAYLOADS: Readonly<Record<Task, object>> = {
  ResetSegment: { ...SEGMENT, restoredTable: RESTORED, mode: 'apply' },
  VerifySegment: SEGMENT,
};

/** In MiB: without a bound, Node lets garbage lie as long as the machine has memory. A heap that is too small ends it. */
const HEAP = '--max-old-space-size=512';

/** As Lambda does it: the bundle is imported, and its handler called until the segment is done. */
const INVOCATIONS = `
const { handler } = await import(process.argv[2]);
const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 900_000 };
const payload = JSON.parse(process.argv[3]);
console.log = () => {};
const started = performance.now();
let answer;
do answer = await handler(payload, context);
while (!answer.done);
const seconds = (performance.now() - started) / 1000;
const { puts = 0, deletes = 0 } = answer.counts ?? {};
const peakMiB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ writes: puts + deletes, seconds, peakMiB }));
`;

/** What one segment of two tables of this shape costs a function's process, bundle and all. */
export async function measureMemory(task: Task, shape: Shape): Promise<MemoryRow> {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-bench-'));
  const tables = fork(
    fileURLToPath(new URL('./tables-process.ts', import.meta.url)),
    [JSON.stringify(shape)],
    {
      execArgv: ['--import', 'tsx'],
    },
  );
  try {
    const endpoint = `http://127.0.0.1:${await portOf(tables)}`;
    await openGate(endpoint);
    writeFileSync(join(folder, 'index.mjs'), bundleOf(task));
    writeFileSync(join(folder, 'invocations.mjs'), INVOCATIONS);
    const args = [join(folder, 'invocations.mjs'), join(folder, 'index.mjs'), JSON.stringify(PAYLOADS[task])];
    const env = environmentAt(endpoint);
    const { stdout } = await promisify(execFile)(process.execPath, [HEAP, ...args], { env });
    const { writes, seconds, peakMiB } = JSON.parse(stdout) as Omit<MemoryRow, 'name' | 'items'>;
    return {
      name: `${task}, ${shape.kind}, ${shape.live}`,
      items: shape.items,
      writes,
      seconds: Math.round(seconds * 10) / 10,
      peakMiB: Math.round(peakMiB),
    };
  } finally {
    tables.kill();
    rmSync(folder, { recursive: true });
  }
}

async function portOf(tables: ChildProcess): Promise<number> {
  const [port] = (await once(tables, 'message')) as [number];
  return port;
}

/** An incident that may write, its lock, and its plan. */
async function openGate(endpoint: string): Promise<void> {
  const records = [
    { pk: `incident#${INCIDENT}`, sk: 'incident', state: 'writing', freeze: 'standing' },
    { pk: 'lock', sk: 'lock', incidentId: INCIDENT, executionArn: RUN },
  ];
  const items = records.map((record) =>
    Object.fromEntries(Object.entries(record).map(([name, S]) => [name, { S }])),
  );
  for (const Item of [...items, planRecord(SEGMENT.segment, SEGMENT.segments)]) {
    const headers = { 'x-amz-target': 'DynamoDB_20120810.PutItem' };
    await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ TableName: LEDGER, Item }) });
  }
}
