import type { JsonObject } from '../machine.ts';
import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isObject, shown } from './json-value.ts';
import { isCallOf } from './is-call-of.ts';
import type { StateNode } from './machine-tree.ts';

/** What the reader of a distributed map calls, and what it must say. Source: developer guide, "ItemReader (Map)". */
export const checkItemReader: Check = ({ states }) =>
  states.flatMap((state) => {
    const { ItemReader: reader } = state.value;
    if (state.type !== 'Map' || !isObject(reader)) return [];
    const config = isObject(reader.ReaderConfig) ? reader.ReaderConfig : {};
    return [
      ...callFaults(reader, config, state),
      ...csvFaults(config, state),
      ...pointerFaults(config, state),
      ...besideReader(state),
    ];
  });

function callFaults(
  reader: JsonObject,
  { InputType, ManifestType }: JsonObject,
  state: StateNode,
): readonly Fault[] {
  const { Resource: resource } = reader;
  const field = state.language === 'JSONata' ? 'Arguments' : 'Parameters';
  const faults: Fault[] = [];
  if (typeof resource === 'string' && !isCallOf(resource, ['s3:getObject', 's3:listObjectsV2']))
    faults.push({
      code: 'unknown-integration',
      ...at(state, '/ItemReader/Resource'),
      problem: `an ItemReader cannot call ${shown(resource)}`,
      remedy: 'use arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2',
    });
  const readsObject = typeof resource === 'string' && isCallOf(resource, ['s3:getObject']);
  if (
    InputType === undefined &&
    ManifestType !== 'S3_INVENTORY' &&
    (readsObject || ManifestType !== undefined)
  )
    faults.push(
      missing('InputType', 'CSV, JSON, JSONL, MANIFEST or PARQUET', at(state, '/ItemReader/ReaderConfig')),
    );
  if (reader.Parameters === undefined && reader.Arguments === undefined)
    faults.push(missing(field, 'Bucket and what is to be read', at(state, '/ItemReader')));
  return faults;
}

function csvFaults(
  { InputType, CSVHeaderLocation, CSVHeaders }: JsonObject,
  state: StateNode,
): readonly Fault[] {
  const here = at(state, '/ItemReader/ReaderConfig');
  if (InputType === 'CSV' && CSVHeaderLocation === undefined)
    return [missing('CSVHeaderLocation', 'FIRST_ROW or GIVEN', here)];
  if (CSVHeaderLocation === 'GIVEN' && CSVHeaders === undefined)
    return [missing('CSVHeaders', 'a list of names', here)];
  if (CSVHeaderLocation === 'GIVEN' || CSVHeaders === undefined) return [];
  const problem = 'CSVHeaders are given, but CSVHeaderLocation is not GIVEN';
  return [{ code: 'conflicting-fields', ...here, problem, remedy: 'set it to GIVEN, or remove CSVHeaders' }];
}

/** Source: RFC 6901, and developer guide, "ItemReader (Map)", "ItemsPointer". */
function pointerFaults({ InputType, ItemsPointer: pointer }: JsonObject, state: StateNode): readonly Fault[] {
  if (typeof pointer !== 'string' || pointer.startsWith('{%')) return [];
  const here = at(state, '/ItemReader/ReaderConfig/ItemsPointer');
  if (pointer !== '' && !pointer.startsWith('/')) {
    const problem = `ItemsPointer must be a JSON pointer, got ${shown(pointer)}`;
    return [{ code: 'invalid-path', ...here, problem, remedy: "write it as '/orders/new'" }];
  }
  if (typeof InputType !== 'string' || InputType === 'JSON') return [];
  const problem = `ItemsPointer has no effect on ${InputType}`;
  return [{ code: 'ignored-field', ...here, problem, remedy: 'remove it' }];
}

/** That an inline map has no reader is told by its own check. */
function besideReader(state: StateNode): readonly Fault[] {
  if (!state.inner.some(({ distributed }) => distributed)) return [];
  return ['Items', 'ItemsPath']
    .filter((field) => state.value[field] !== undefined)
    .map((field): Fault => ({
      code: 'ignored-field',
      ...at(state, `/${field}`),
      problem: `${field} has no effect beside an ItemReader, which reads the items`,
      remedy: 'keep one of them',
    }));
}

const missing = (field: string, values: string, here: Pick<Fault, 'state' | 'place'>): Fault => ({
  code: 'missing-field',
  ...here,
  problem: `${field} must be given`,
  remedy: `add ${field}: ${values}`,
});
