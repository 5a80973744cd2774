import { gunzipSync } from 'node:zlib';
import type { ItemReader, Json } from '../../../asl/machine.ts';
import { SimulationError } from '../../simulation-error.ts';
import { StateFailure } from '../../state-failure.ts';
import { csvDelimiters, parseCsv } from './parse-csv.ts';

type ReaderConfig = NonNullable<ItemReader['ReaderConfig']>;

/** How compressed content begins. */
const magic = { gzip: Buffer.from([0x1f, 0x8b]), zstd: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]) };

/**
 * An object's content as text without a byte order mark; compressed content (gzip, as inventories and Athena's files
 * are) is unpacked.
 * @throws StateFailure States.ItemReaderFailed when it cannot be.
 */
export function readText(content: string | Uint8Array): string {
  return (typeof content === 'string' ? content : unpacked(Buffer.from(content))).replace(/^\uFEFF/, '');
}

function unpacked(content: Buffer): string {
  if (content.subarray(0, 4).equals(magic.zstd))
    throw new SimulationError('an object compressed by Zstandard is not simulated; compress it by gzip');
  if (!content.subarray(0, 2).equals(magic.gzip)) return content.toString('utf8');
  try {
    return gunzipSync(content).toString('utf8');
  } catch (fault) {
    throw readerFailed(`The file cannot be unpacked: ${(fault as Error).message}`);
  }
}

/**
 * The items of a file: an array, or an object whose members are the items if these are taken.
 * @throws StateFailure States.ItemReaderFailed when the file is not what its InputType says.
 */
export function parseDataset(text: string, config: ReaderConfig, takesObjects: boolean): Json {
  switch (config.InputType) {
    case 'CSV': {
      const delimiter = csvDelimiters[config.CSVDelimiter ?? 'COMMA'] as string;
      const headers = config.CSVHeaderLocation === 'GIVEN' ? (config.CSVHeaders ?? []) : undefined;
      const rows = parseCsv(text, delimiter, headers);
      if (rows === undefined) throw readerFailed('CSV headers cannot contain duplicates.');
      return rows;
    }
    case 'JSON':
      return iterable(pointedAt(parseJson(text), config.ItemsPointer ?? ''), takesObjects);
    case 'JSONL':
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(parseJson);
    case 'MANIFEST':
    case 'PARQUET':
    case undefined:
      throw new SimulationError(
        `an ItemReader of InputType '${config.InputType ?? 'undefined'}' is not simulated; use CSV, JSON, JSONL or MANIFEST`,
      );
  }
}

/** @throws StateFailure States.ItemReaderFailed */
export function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw readerFailed('The file is not valid JSON.');
  }
}

/** What a JSON pointer (RFC 6901) leads to; nothing becomes null. */
function pointedAt(value: Json, pointer: string): Json {
  const steps = pointer.split('/').slice(1);
  let at: Json = value;
  for (const step of steps) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    at = (isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined) ?? null;
  }
  return at;
}

const isObject = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null;

function iterable(value: Json, takesObjects: boolean): Json {
  if (Array.isArray(value) || (takesObjects && isObject(value))) return value;
  throw readerFailed('Attempting to map over non-iterable node.');
}

/** What a reader fails with. */
export const readerFailed = (cause: string) => new StateFailure('States.ItemReaderFailed', cause);
