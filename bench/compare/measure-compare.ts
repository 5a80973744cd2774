import { isDeepStrictEqual } from 'node:util';
import { type Child, startChild } from '../child.ts';
import type { ContenderCode } from '../contender/contender-code.ts';
import { environmentAt } from '../contender/environment.ts';
import type { Found, ResetWork } from '../contender/rewind-process.ts';
import type { Spent } from '../contender/spent.ts';
import { fatesOf } from '../tables/fate.ts';
import { INCIDENT, LIVE, RESTORED, RUN } from '../tables/names.ts';
import type { Pair } from './canned-table.ts';
import type { ParseWork } from './json-parse-process.ts';
import type { PageServerRequest, Served } from './page-server-process.ts';

export interface CompareRow extends Pair {
  readonly name: 'rewind' | 'JSON.parse';
  /** Where JSON.parse has its pages from. */
  readonly from: ParseWork['from'];
  /** Of the pages of both tables, in millions of bytes. */
  readonly megabytes: number;
  readonly megabytesPerSecond: number;
  /** The same by the CPU time of the process, which neighbours on the machine take nothing of. */
  readonly megabytesPerCpuSecond: number;
  /** Its speed beside that of JSON.parse alone, from memory. */
  readonly ratio: number;
  readonly cpuRatio: number;
  /** Its speed beside that of JSON.parse on bodies that are received. */
  readonly ratioToReceived: number;
  readonly peakMiB: number;
  /** Reads of up to 100 items by key. */
  readonly lookups: number;
  readonly counts: Found | undefined;
}

/** So many bytes of pages JSON.parse gets: some seconds. */
const PARSED = 1.5e9;

/**
 * Compares two tables whose pages come from a process of its own, in one segment, and measures beside it what
 * JSON.parse alone reaches on the same pages.
 * @throws Error when the comparison counts anything else than what the pages hold.
 */
export async function measureCompare(pair: Pair, code: ContenderCode): Promise<CompareRow[]> {
  const server = startChild(new URL('./page-server-process.ts', import.meta.url), { name: 'the pages' });
  const ask = (request: PageServerRequest) => server.ask(request);
  const endpoint = (await ask({ serve: pair })) as string;
  const parse = (from: ParseWork['from']) =>
    parsed({ endpoint, bytes: Math.min(PARSED, bytesOf(pair)), from }, code);
  const memory = await parse('memory');
  const received = await parse('HTTP');
  await ask('served');
  const rewind = await compared(endpoint, code);
  const { pageBytes, lookups } = (await ask('served')) as Served;
  server.end();
  if (!isDeepStrictEqual(rewind.answer, countsOf(pair)))
    throw new Error(`of ${JSON.stringify(pair)} were counted ${JSON.stringify(rewind.answer)}`);
  const row = (
    of: Pick<CompareRow, 'name' | 'from' | 'lookups' | 'counts'>,
    bytes: number,
    spent: Spent,
  ) => ({
    ...pair,
    ...of,
    megabytes: bytes / 1e6,
    megabytesPerSecond: bytes / 1e6 / spent.seconds,
    megabytesPerCpuSecond: bytes / 1e6 / spent.cpuSeconds,
    ratio: bytes / spent.seconds / (memory.answer / memory.seconds),
    cpuRatio: bytes / spent.cpuSeconds / (memory.answer / memory.cpuSeconds),
    ratioToReceived: bytes / spent.seconds / (received.answer / received.seconds),
    peakMiB: spent.peakMiB,
  });
  return [
    row({ name: 'JSON.parse', from: 'memory', lookups: 0, counts: undefined }, memory.answer, memory),
    row({ name: 'JSON.parse', from: 'HTTP', lookups: 0, counts: undefined }, received.answer, received),
    row({ name: 'rewind', from: 'HTTP', lookups, counts: rewind.answer }, pageBytes, rewind),
  ];
}

const BYTES = { '200 B': 360, '1 KB': 1420, '10 KB': 16_260 };

/** About as many as the pages of both tables have. */
const bytesOf = ({ shape, items }: Pair): number => 2 * items * BYTES[shape];

/** What a comparison must count. */
export function countsOf({ items, damage }: Pair): Found {
  const { same, overwritten, deleted, added } = fatesOf(items, damage);
  return {
    restored: same + overwritten + deleted,
    live: same + overwritten + added,
    puts: overwritten + deleted,
    deletes: added,
    unchanged: same,
  };
}

type Measured<T> = Spent & { readonly answer: T };

async function parsed(work: ParseWork, code: ContenderCode): Promise<Measured<number>> {
  const module = code.bundle(new URL('./json-parse-process.ts', import.meta.url));
  return asked(startChild(module, { name: 'JSON.parse', node: [] }), work) as Promise<Measured<number>>;
}

async function compared(endpoint: string, code: ContenderCode): Promise<Measured<Found>> {
  const work: ResetWork = {
    incidentId: INCIDENT,
    run: RUN,
    table: LIVE,
    restoredTable: RESTORED,
    mode: 'plan',
    segments: 1,
    atOnce: 1,
  };
  const contender = startChild(code.bundle(new URL('../contender/rewind-process.ts', import.meta.url)), {
    name: 'rewind',
    arguments: [code.resetSegment],
    environment: environmentAt(endpoint),
    node: [],
  });
  return asked(contender, work) as Promise<Measured<Found>>;
}

async function asked(child: Child, work: object): Promise<unknown> {
  const answer = await child.ask(work);
  child.end();
  return answer;
}
