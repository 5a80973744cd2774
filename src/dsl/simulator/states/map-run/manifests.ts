import type { JsonObject } from '../../../asl/machine.ts';
import { objectOf, textOrNone } from '../../object-of.ts';
import { SimulationError } from '../../simulation-error.ts';
import { parseCsv, readRows } from './parse-csv.ts';
import { parseJson, readerFailed } from './parse-dataset.ts';

interface InventoryFile {
  /** Where it lies, when the manifest says so. */
  readonly bucket: string | undefined;
  readonly key: string;
  /** The objects that it lists. */
  readonly rows: (text: string) => readonly JsonObject[];
}

/** The files of an S3 inventory, from its manifest.json; they have no header rows. */
export function inventoryFiles(manifestText: string): readonly InventoryFile[] {
  const { files, fileSchema, fileFormat, destinationBucket } = objectOf(parseJson(manifestText));
  const keys = Array.isArray(files) ? files.map((file) => textOrNone(objectOf(file)['key'])) : [''];
  const [names] = readRows(textOrNone(fileSchema).replaceAll(', ', ','), ',');
  if (keys.includes('') || names === undefined) throw readerFailed('The manifest file is not valid.');
  if (fileFormat !== undefined && fileFormat !== 'CSV')
    throw new SimulationError(
      `an S3 inventory of format '${textOrNone(fileFormat)}' is not simulated; let the inventory write CSV`,
    );
  const bucket =
    typeof destinationBucket === 'string' ? destinationBucket.replace(/^arn:[^:]+:s3:::/, '') : undefined;
  return keys.map((key) => ({
    bucket,
    key,
    rows: (text) => parseCsv(text, ',', names) ?? [],
  }));
}

/** The files that Athena's UNLOAD has written, from its manifest: an S3 URI a line. */
export function athenaFiles(
  manifestText: string,
): readonly { readonly bucket: string; readonly key: string }[] {
  return readRows(manifestText, ',').map(([uri = '']) => {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/i.exec(uri.trim()) ?? [];
    if (bucket === undefined || key === undefined) throw readerFailed('The manifest file is not valid.');
    return { bucket, key };
  });
}
