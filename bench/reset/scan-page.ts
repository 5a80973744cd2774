import { database, type TableRecord } from '../../src/rehearsal/aws/dynamodb/dynalite.ts';
import type { Engine } from '../../src/rehearsal/aws/dynamodb/engine.ts';
import type { WireItem } from '../../src/rehearsal/aws/dynamodb/wire-item.ts';
import type { Press } from '../tables/press.ts';

export interface ScanInput {
  readonly TableName: string;
  readonly Segment?: number;
  readonly TotalSegments?: number;
  readonly ExclusiveStartKey?: WireItem;
  readonly ConsistentRead?: boolean;
}

const PLAIN = [
  'TableName',
  'Segment',
  'TotalSegments',
  'ExclusiveStartKey',
  'ConsistentRead',
  'ReturnConsumedCapacity',
];

/** Whether a Scan asks for whole items and nothing else. */
export const isPlainScan = (input: object): boolean =>
  Object.keys(input).every((name) => PLAIN.includes(name));

/** A page ends with the item that makes it so large (API_Scan). */
const PAGE_BYTES = 2 ** 20;
/** More items than any page has. */
const MOST = 1600;
/** DynamoDB counts a consistent read of so many bytes as one unit. */
const UNIT_BYTES = 4096;

/**
 * Answers a plain Scan of a table of printed items from the engine's texts. The engine's own Scan gives the same,
 * but it parses every item and prints it again, at 40 ms of CPU a page: that would be most of either contender's time.
 */
export async function scanPage(engine: Engine, press: Press, input: ScanInput) {
  const { TableName, Segment = 0, TotalSegments = 1, ExclusiveStartKey, ConsistentRead } = input;
  const table = (await engine.table(TableName)) as TableRecord;
  const texts = await engine.texts(TableName, {
    after: ExclusiveStartKey ? database.createKey(ExclusiveStartKey, table) : hash(Segment, TotalSegments),
    before: Segment + 1 === TotalSegments ? '~' : hash(Segment + 1, TotalSegments),
    most: MOST,
  });
  let size = 0;
  let count = 0;
  while (count < texts.length && size < PAGE_BYTES) {
    size += press.sizeOf(numberOf(texts[count] as string));
    count += 1;
  }
  const page = texts.slice(0, count);
  const next = size < PAGE_BYTES ? '' : `,"LastEvaluatedKey":${keyOf(page.at(-1) as string, table)}`;
  return {
    body: `{"Count":${count},"Items":[${page.join(',')}]${next},"ScannedCount":${count}}`,
    units: Math.ceil(size / UNIT_BYTES) * (ConsistentRead === true ? 1 : 0.5),
  };
}

/** Where a segment begins among the engine's keys, which begin with three digits of a hash. */
function hash(segment: number, segments: number): string {
  return Math.ceil((4096 * segment) / segments)
    .toString(16)
    .padStart(3, '0');
}

/** The number that an item was printed with; it is part of its key. */
const numberOf = (text: string): number => Number(/"customer#(\d+)"/.exec(text)?.[1]);

function keyOf(text: string, { KeySchema }: TableRecord): string {
  const item = JSON.parse(text) as WireItem;
  return JSON.stringify(
    Object.fromEntries(KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]])),
  );
}
