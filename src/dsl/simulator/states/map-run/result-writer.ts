import type { Json, JsonObject, ResultWriter } from '../../../asl/machine.ts';
import { objectOf, textOrNone } from '../../object-of.ts';
import { putObject, type Process } from '../../request.ts';
import type { Visit } from '../../visit.ts';
import { describeChild, groupOf, type ChildGroup, type MapChildRecord } from './map-child.ts';

/** How a Map Run's results are formed, and where they go. */
export interface Writing {
  readonly transformation: 'NONE' | 'COMPACT' | 'FLATTEN';
  readonly outputType: 'JSON' | 'JSONL';
  /** Absent when the results are the state's own. */
  readonly to?: { readonly bucket: string; readonly prefix: string };
}

/** Source of the defaults: developer guide, "ResultWriter (Map)". */
export function* evaluateWriter(writer: ResultWriter | undefined, visit: Visit): Process<Writing> {
  const { Resource, WriterConfig = {} } = writer ?? {};
  const { OutputType: outputType = 'JSON' } = WriterConfig;
  if (Resource === undefined) {
    const { Transformation: transformation = 'COMPACT' } = WriterConfig;
    return { transformation, outputType };
  }
  const { Bucket, Prefix } = objectOf(yield* visit.language.payload(visit, writer ?? {}, 'ResultWriter/'));
  const { Transformation: transformation = 'NONE' } = WriterConfig;
  return { transformation, outputType, to: { bucket: textOrNone(Bucket), prefix: textOrNone(Prefix) } };
}

/** A Map Run that is over. */
export interface FinishedMapRun {
  readonly mapRunArn: string;
  /** The children's own, `<machine>/<label>`. */
  readonly stateMachineArn: string;
  readonly children: readonly MapChildRecord[];
}

/**
 * The state's result: the children's results, or where they were written to.
 * @throws StateFailure States.ResultWriterFailed when they cannot be written.
 */
export function* writeResults(run: FinishedMapRun, writing: Writing): Process<Json> {
  if (writing.to === undefined) return transformed(run.children, run, writing);
  const { bucket, prefix } = writing.to;
  const id = run.mapRunArn.slice(run.mapRunArn.lastIndexOf(':') + 1);
  const folder = prefix === '' ? id : `${prefix.replace(/\/$/, '')}/${id}`;
  const ResultFiles: { [group in ChildGroup]: Json[] } = { FAILED: [], PENDING: [], SUCCEEDED: [] };
  for (const group of ['SUCCEEDED', 'FAILED', 'PENDING'] as const) {
    const members = run.children.filter((child) => groupOf(child) === group);
    if (members.length === 0) continue;
    const content = fileText(transformed(members, run, writing), writing.outputType);
    const Key = `${folder}/${group}_0.${writing.outputType.toLowerCase()}`;
    yield* putObject(bucket, Key, content);
    ResultFiles[group].push({ Key, Size: Buffer.byteLength(content) });
  }
  const Key = `${folder}/manifest.json`;
  const manifest = { DestinationBucket: bucket, MapRunArn: run.mapRunArn, ResultFiles };
  yield* putObject(bucket, Key, JSON.stringify(manifest));
  return { MapRunArn: run.mapRunArn, ResultWriterDetails: { Bucket: bucket, Key } };
}

/** Whatever the transformation, a child that did not succeed is described in full, in its place. */
function transformed(
  children: readonly MapChildRecord[],
  { stateMachineArn }: FinishedMapRun,
  { transformation }: Writing,
): readonly Json[] {
  return children.flatMap((child): readonly Json[] => {
    const output = child.end?.output;
    if (transformation === 'NONE' || groupOf(child) !== 'SUCCEEDED' || output === undefined)
      return [describeChild(child, stateMachineArn)];
    return transformation === 'FLATTEN' && Array.isArray(output) ? (output as readonly Json[]) : [output];
  });
}

function fileText(results: readonly Json[], outputType: Writing['outputType']): string {
  if (outputType === 'JSON') return JSON.stringify(results);
  return results.map((result) => `${JSON.stringify(result satisfies Json | JsonObject)}\n`).join('');
}
