import type { Json, JsonObject } from '../../asl/machine.ts';
import type { Schema } from '../../asl/sdk-schema.ts';
import { attributeFaults } from './attribute-faults.ts';
import type { ResultShape, Structure } from './result-shape.ts';
import { bounds } from './value-bounds.ts';

/** Where and how a result differs from its shape. */
export interface ResultFault {
  /** As in `Entries[0].EventId`; empty for the result itself. */
  readonly place: string;
  /** The innermost member of a structure that it is in. */
  readonly field: string;
  readonly problem: ResultProblem;
  /** What is there. */
  readonly got?: Json;
}

export type ResultProblem =
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown'; readonly known: readonly string[] }
  | { readonly kind: 'type'; readonly expected: string }
  | { readonly kind: 'value'; readonly allowed: readonly string[] }
  | { readonly kind: 'minimum' | 'maximum' | 'minimum length' | 'maximum length'; readonly limit: number };

/** How strictly a result is read. */
export interface Strictness {
  /** Whether members that the service always gives must be there. */
  readonly required: boolean;
  /** Whether there may be members that the model does not have. */
  readonly known: boolean;
  /** Whether a time may be a number, as it is in the answers of optimised integrations. */
  readonly numericTimes: boolean;
}

interface Position {
  readonly place: string;
  readonly field: string;
  /** The member in the model: `FunctionConfiguration.MemorySize`. */
  readonly owner: string;
}

interface Reading extends Strictness {
  readonly shape: ResultShape;
}

/** What Step Functions adds to the results of integrations. */
const METADATA = new Set(['SdkHttpMetadata', 'SdkResponseMetadata']);

/** All that is wrong with a result; nothing when it fits. */
export function resultFaults(
  result: Json,
  shape: ResultShape,
  strictness: Strictness,
): readonly ResultFault[] {
  return [
    ...faultsOf(result, shape.schema, {
      reading: { ...strictness, shape },
      at: { place: '', field: '', owner: '' },
    }),
  ];
}

interface Reader {
  readonly reading: Reading;
  readonly at: Position;
}

function* faultsOf(value: Json, schema: Schema, { reading, at }: Reader): Iterable<ResultFault> {
  const wrong = (expected: string): ResultFault => ({
    place: at.place,
    field: at.field,
    problem: { kind: 'type', expected },
    got: value,
  });
  switch (schema.kind) {
    case 'structure':
      if (!isObject(value)) yield wrong('an object');
      else yield* memberFaults(value, schema, { reading, at });
      return;
    case 'collection': {
      if (schema.form === 'list' ? !Array.isArray(value) : !isObject(value)) {
        yield wrong(schema.form === 'list' ? 'an array' : 'an object');
        return;
      }
      for (const [key, item] of Object.entries(value as JsonObject)) {
        const place = Array.isArray(value) ? `${at.place}[${key}]` : joined(at.place, key);
        yield* faultsOf(item, schema.of(), { reading, at: { ...at, place } });
      }
      return;
    }
    case 'text':
    case 'blob':
      if (typeof value === 'string') yield* textFaults(value, { reading, at });
      else yield wrong('a string');
      return;
    case 'timestamp':
      if (typeof value !== 'string' && !(reading.numericTimes && typeof value === 'number'))
        yield wrong('a string');
      return;
    case 'attributeValue':
      yield* attributeFaults(value, at);
      return;
    case 'plain':
      if (schema.type === undefined) return;
      if (typeof value !== schema.type) yield wrong(`a ${schema.type}`);
      else if (typeof value === 'number') yield* numberFaults(value, at);
      return;
  }
}

function* memberFaults(
  value: JsonObject,
  structure: Structure,
  { reading, at }: Reader,
): Iterable<ResultFault> {
  const { spelled, open } = reading.shape;
  const { members, required } = spelled(structure);
  if (reading.required)
    for (const field of required)
      if (!Object.hasOwn(value, field))
        yield { place: joined(at.place, field), field, problem: { kind: 'missing' } };
  for (const [key, item] of Object.entries(value)) {
    if (at.place === '' && (METADATA.has(key) || open.includes(key))) continue;
    const place = joined(at.place, key);
    const member = members.get(key);
    if (member !== undefined) {
      // What a service leaves out may be null.
      if (item === null && !required.includes(key)) continue;
      const inside = { place, field: key, owner: `${structure.name}.${member.sdkName}` };
      yield* faultsOf(item, member.schema, { reading, at: inside });
    } else if (reading.known)
      yield { place, field: key, problem: { kind: 'unknown', known: [...members.keys()] } };
  }
}

function* textFaults(value: string, { reading, at }: Reader): Iterable<ResultFault> {
  const [structure = '', member = ''] = at.owner.split('.');
  const allowed = reading.shape.enumeration(structure, member);
  if (allowed !== undefined && !allowed.includes(value))
    yield { place: at.place, field: at.field, problem: { kind: 'value', allowed }, got: value };
  const { minimumLength = 0, maximumLength = Number.POSITIVE_INFINITY } = bounds[at.owner] ?? {};
  const { place, field } = at;
  if (value.length < minimumLength)
    yield { place, field, problem: { kind: 'minimum length', limit: minimumLength }, got: value };
  if (value.length > maximumLength)
    yield { place, field, problem: { kind: 'maximum length', limit: maximumLength }, got: value };
}

function* numberFaults(value: number, { place, field, owner }: Position): Iterable<ResultFault> {
  const { minimum, maximum } = bounds[owner] ?? {};
  if (minimum !== undefined && value < minimum)
    yield { place, field, problem: { kind: 'minimum', limit: minimum }, got: value };
  if (maximum !== undefined && value > maximum)
    yield { place, field, problem: { kind: 'maximum', limit: maximum }, got: value };
}

const joined = (place: string, key: string): string => (place === '' ? key : `${place}.${key}`);

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
