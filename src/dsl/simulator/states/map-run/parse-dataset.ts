import { gunzipSync } from 'node:zlib';
import type { ItemReader, Json, JsonObject } from '../../../asl/machine.ts';
import { SimulationError } from '../../simulation-error.ts';
import { StateFailure } from '../../state-failure.ts';
import { csvDelimiters, parseCsv, readRows } from './parse-csv.ts';

type ReaderConfig = NonNullable<ItemReader['ReaderConfig']>;

/** An object's content as text; compressed content (gzip, as inventories are) is unpacked. */
export function readText(content: string | Uint8Array): string {
  if (typeof content === 'string') return content;
  const packed = content[0] === 0x1f && content[1] === 0x8b;
  return Buffer.from(packed ? gunzipSync(content) : content).toString('utf8');
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

interface InventoryFile {
  /** Where it lies, when the manifest says so. */
  readonly bucket: string | undefined;
  readonly key: string;
  /** The objects that it lists. */
  readonly rows: (text: string) => readonly JsonObject[];
}

/** The files of an S3 inventory, from its manifest.json; they have no header rows. */
export function inventoryFiles(manifestText: string): readonly InventoryFile[] {
  const { files, fileSchema, fileFormat, destinationBucket } = parseJson(manifestText) as {
    readonly files?: readonly { readonly key: string }[];
    readonly fileSchema?: string;
    readonly fileFormat?: string;
    readonly destinationBucket?: string;
  };
  if (files === undefined || fileSchema === undefined) throw readerFailed('The manifest file is not valid.');
  if (fileFormat !== undefined && fileFormat !== 'CSV')
    throw new SimulationError(
      `an S3 inventory of format '${fileFormat}' is not simulated; let the inventory write CSV`,
    );
  const names = readRows(fileSchema.replaceAll(', ', ','), ',')[0] as readonly string[];
  const bucket = destinationBucket?.replace(/^arn:[^:]+:s3:::/, '');
  return files.map(({ key }) => ({ bucket, key, rows: (text) => parseCsv(text, ',', names) ?? [] }));
}

function parseJson(text: string): Json {
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
    at = (typeof at === 'object' && at !== null ? (at as JsonObject)[name] : undefined) ?? null;
  }
  return at;
}

function iterable(value: Json, takesObjects: boolean): Json {
  if (Array.isArray(value) || (takesObjects && typeof value === 'object' && value !== null)) return value;
  throw readerFailed('Attempting to map over non-iterable node.');
}

const readerFailed = (cause: string) => new StateFailure('States.ItemReaderFailed', cause);
