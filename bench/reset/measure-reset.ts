import { type Child, startChild } from '../child.ts';
import type { ContenderCode } from '../contender/contender-code.ts';
import { environmentAt } from '../contender/environment.ts';
import type { Found, ResetWork } from '../contender/rewind-process.ts';
import type { Spent } from '../contender/spent.ts';
import { INCIDENT, LIVE, RESTORED, RUN } from '../tables/names.ts';
import { shapes } from '../tables/shapes.ts';
import type { Damage } from './damaged-tables.ts';
import type { CopyWork } from './delete-and-copy-process.ts';
import type { EngineRequest, EngineUsage } from './engine-process.ts';
import type { Usage } from '../tables/metered-tables.ts';

export interface ResetRow {
  readonly name: 'rewind' | 'delete-and-copy';
  /** The share of the items that was damaged, 0 to 1. */
  readonly damage: number;
  /** Wall time of the reset alone. */
  readonly seconds: number;
  /** Requests to DynamoDB, those to the ledger among them. */
  readonly calls: number;
  /** Request units as DynamoDB counts them. */
  readonly readUnits: number;
  readonly writeUnits: number;
  /** The largest resident memory of the process that reset, in MiB. */
  readonly peakMiB: number;
  /** CPU time of that process. */
  readonly cpuSeconds: number;
  /** CPU time of the engine's process: DynamoDB's own work. */
  readonly engineCpuSeconds: number;
  /** Scan segments, all at once. */
  readonly segments: number;
  readonly callsByOperation: Usage['calls'];
  readonly ledgerCalls: number;
  /** What was found, by Rewind alone. */
  readonly counts: Found | undefined;
}

interface Run extends Damage {
  readonly name: ResetRow['name'];
  readonly segments: number;
}

/**
 * Resets a fresh damaged table, which an engine keeps in a process of its own.
 * @throws Error when the live table is not what the restored one is afterwards.
 */
export async function measureReset(run: Run, code: ContenderCode): Promise<ResetRow> {
  const { name, items, damage, segments } = run;
  const engine = startChild(new URL('./engine-process.ts', import.meta.url), { name: 'the engine' });
  const ask = (request: EngineRequest) => engine.ask(request);
  const endpoint = (await ask({ make: { items, damage, segments } })) as string;
  const [contender, work] = name === 'rewind' ? rewind(run, code, endpoint) : copying(run, code, endpoint);
  const { answer, ...spent } = (await contender.ask(work)) as Spent & { readonly answer: Found | undefined };
  contender.end();
  const { calls, ledgerCalls, readUnits, writeUnits, cpuSeconds } = (await ask('usage')) as EngineUsage;
  const differences = (await ask('differences')) as number;
  engine.end();
  if (differences > 0)
    throw new Error(
      `${name} left ${differences} items of ${items} unlike the restored ones at damage ${damage}`,
    );
  return {
    name,
    damage,
    seconds: spent.seconds,
    calls: Object.values(calls).reduce((sum, each) => sum + each, 0),
    readUnits,
    writeUnits,
    peakMiB: spent.peakMiB,
    cpuSeconds: spent.cpuSeconds,
    engineCpuSeconds: cpuSeconds,
    segments,
    callsByOperation: calls,
    ledgerCalls,
    counts: answer,
  };
}

function rewind({ segments }: Run, code: ContenderCode, endpoint: string): [Child, ResetWork] {
  const contender = startChild(code.bundle(new URL('../contender/rewind-process.ts', import.meta.url)), {
    name: 'rewind',
    arguments: [code.resetSegment],
    environment: environmentAt(endpoint),
    node: [],
  });
  return [
    contender,
    {
      incidentId: INCIDENT,
      run: RUN,
      table: LIVE,
      restoredTable: RESTORED,
      mode: 'apply',
      segments,
      atOnce: segments,
    },
  ];
}

function copying({ segments }: Run, code: ContenderCode, endpoint: string): [Child, CopyWork] {
  const contender = startChild(code.bundle(new URL('./delete-and-copy-process.ts', import.meta.url)), {
    name: 'delete-and-copy',
    environment: environmentAt(endpoint),
    node: [],
  });
  return [contender, { keyNames: shapes['1 KB'].keys.map(({ name }) => name), width: segments }];
}
