import type { ItemReader, Json, JsonObject } from '../../../asl/machine.ts';
import { objectOf, textOrNone } from '../../object-of.ts';
import { getObject, listObjects, type Process } from '../../request.ts';
import type { ListedObject } from '../../s3/object-store.ts';
import { SimulationError } from '../../simulation-error.ts';
import { StateFailure } from '../../state-failure.ts';
import type { Visit } from '../../visit.ts';
import { itemsOf, takesObjects, type MapItem } from '../map-items.ts';
import { athenaFiles, inventoryFiles } from './manifests.ts';
import { parseDataset, readText } from './parse-dataset.ts';

/** An ItemReader with its fields evaluated. */
export interface Reading {
  readonly action: 'getObject' | 'listObjectsV2';
  readonly bucket: string;
  /** The object's key, or the prefix of a listing. */
  readonly key: string;
  readonly config: NonNullable<ItemReader['ReaderConfig']>;
  /** 0 for all. */
  readonly maxItems: number;
  /** Whether an object's members may be the items. */
  readonly takesObjects: boolean;
}

export function* evaluateReader(reader: ItemReader, visit: Visit): Process<Reading> {
  const action = /^arn:[^:]+:states:::s3:(getObject|listObjectsV2)$/.exec(reader.Resource)?.[1];
  if (action === undefined)
    throw new SimulationError(
      `state '${visit.name}': an ItemReader of '${reader.Resource}' is not simulated; use arn:aws:states:::s3:getObject or s3:listObjectsV2`,
    );
  const { Bucket, Key, Prefix } = objectOf(yield* visit.language.payload(visit, reader, 'ItemReader/'));
  const config = reader.ReaderConfig ?? {};
  const limit = { name: 'MaxItems', holder: config, place: 'ItemReader/ReaderConfig/', whole: true } as const;
  const maxItems = (yield* visit.language.number(visit, limit)) ?? 0;
  return {
    action: action as Reading['action'],
    bucket: textOrNone(Bucket),
    key: textOrNone(action === 'getObject' ? Key : Prefix),
    config,
    maxItems,
    takesObjects: takesObjects(visit),
  };
}

/**
 * The items that a reader finds.
 * @throws StateFailure States.ItemReaderFailed when it finds no object, or not what it was told to.
 */
export function* readItems(reading: Reading): Process<readonly MapItem[]> {
  if (reading.maxItems < 0)
    throw new StateFailure('States.ItemReaderFailed', 'field MaxItems must be positive');
  const items =
    reading.action === 'getObject' ? yield* readObject(reading, reading.key) : yield* readListing(reading);
  return reading.maxItems === 0 ? items : items.slice(0, reading.maxItems);
}

function* readObject(reading: Reading, key: string): Process<readonly MapItem[]> {
  const { bucket, config, takesObjects } = reading;
  const text = readText(yield* existing(bucket, key));
  const source = `S3://${bucket}/${key}`;
  if (config.ManifestType === 'ATHENA_DATA') return yield* readListed(athenaFiles(text), reading);
  if (config.ManifestType === undefined && config.InputType !== 'MANIFEST')
    return itemsOf(parseDataset(text, config, takesObjects), source);
  const rows: Json[] = [];
  for (const file of inventoryFiles(text))
    for (const row of file.rows(readText(yield* existing(file.bucket ?? bucket, file.key)))) rows.push(row);
  return itemsOf(rows, source);
}

/** The items of several objects, one after the other. */
function* readListed(
  objects: readonly { readonly bucket: string; readonly key: string }[],
  { config, takesObjects }: Reading,
): Process<readonly MapItem[]> {
  const loaded: MapItem[] = [];
  for (const { bucket, key } of objects) {
    const items = parseDataset(readText(yield* existing(bucket, key)), config, takesObjects);
    for (const item of itemsOf(items, `S3://${bucket}/${key}`))
      loaded.push({ ...item, Index: loaded.length });
  }
  return loaded;
}

function* readListing(reading: Reading): Process<readonly MapItem[]> {
  const { bucket, key: prefix, config } = reading;
  const found = yield* listObjects(bucket, prefix);
  if (config.Transformation !== 'LOAD_AND_FLATTEN') return itemsOf(found.map(listedItem), `S3://${bucket}`);
  return yield* readListed(
    found.map(({ key }) => ({ bucket, key })),
    reading,
  );
}

function* existing(bucket: string, key: string): Process<string | Uint8Array> {
  const content = yield* getObject(bucket, key);
  if (content !== undefined) return content;
  throw new StateFailure(
    'States.ItemReaderFailed',
    `The specified key does not exist. (Service: S3, Status Code: 404, Key: ${bucket}/${key})`,
  );
}

/** As the guide's example of a listing shows an item: the time in seconds since the epoch. */
const listedItem = ({ key, size, etag, lastModified }: ListedObject): JsonObject => ({
  Etag: etag,
  Key: key,
  LastModified: Math.floor(lastModified / 1000),
  Size: size,
  StorageClass: 'STANDARD',
});
