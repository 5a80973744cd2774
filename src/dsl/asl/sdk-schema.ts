/** The `<Operation>$` schemas that each client package exports, read in the terms that decide about names. */

/** An `<Operation>$` export of an `@aws-sdk/client-*` package: `[9, namespace, name, traits, input, output]`. */
export type OperationSchema = readonly unknown[];

export type Side = 'input' | 'output';

export interface Member {
  readonly sdkName: string;
  readonly schema: Schema;
}

/** What a part of a request or response is. Only a structure's names are names; a map's keys are data. */
export type Schema =
  | {
      readonly kind: 'structure';
      /** As the service's model calls it. */
      readonly name: string;
      readonly bySdkName: ReadonlyMap<string, Member>;
      /** Names of members that must be given; not the tokens that the SDK makes up itself. */
      readonly required: readonly string[];
    }
  | { readonly kind: 'collection'; readonly form: 'list' | 'map'; readonly of: () => Schema }
  | { readonly kind: 'timestamp' | 'blob' | 'text' | 'attributeValue' }
  | {
      readonly kind: 'plain';
      /** Absent for what may be any JSON. */
      readonly type?: 'number' | 'boolean';
    };

export type Structure = Extract<Schema, { kind: 'structure' }>;

/** Anything without names or values of its own kind. */
export const PLAIN: Schema = { kind: 'plain' };

/** What an operation takes or gives. The same schema is the same object each time. */
export function schemaOf(operation: OperationSchema, side: Side): Schema {
  return readSchema(operation[side === 'input' ? 4 : 5]);
}

// The numbers of @smithy/core's schema encoding: a scalar is a number (4 to 7 are timestamps, 21 and 42 blobs,
// plus 64 for a list and 128 for a map of it); the rest are tuples that begin with their kind.
const timestamps = new Set([4, 5, 6, 7]);
const blobs = new Set([21, 42]);
const numbers = new Set([1, 17, 19]);
const BOOLEAN = 2;
const read = new WeakMap<object, Schema>();

function readSchema(raw: unknown): Schema {
  if (typeof raw === 'function') return readSchema((raw as () => unknown)());
  if (typeof raw === 'number') return readScalar(raw);
  if (!Array.isArray(raw)) return PLAIN;
  const known = read.get(raw);
  if (known !== undefined) return known;
  const schema = readTuple(raw);
  read.set(raw, schema);
  return schema;
}

const scalars = new Map<number, Schema>();

function readScalar(code: number): Schema {
  let schema = scalars.get(code);
  if (schema === undefined) {
    schema = scalarOf(code);
    scalars.set(code, schema);
  }
  return schema;
}

function scalarOf(code: number): Schema {
  if (code >= 64)
    return { kind: 'collection', form: code >= 128 ? 'map' : 'list', of: () => readScalar(code & 63) };
  if (timestamps.has(code)) return { kind: 'timestamp' };
  if (blobs.has(code)) return { kind: 'blob' };
  if (numbers.has(code)) return { kind: 'plain', type: 'number' };
  if (code === BOOLEAN) return { kind: 'plain', type: 'boolean' };
  return code === 0 ? { kind: 'text' } : PLAIN;
}

function readTuple(raw: readonly unknown[]): Schema {
  // A member with traits is [schema, traits]; a schema proper has a namespace in the second place.
  if (typeof raw[1] !== 'string') return readSchema(raw[0]);
  const [kind, , name] = raw;
  if (kind === 0) return readSchema(raw[4]);
  if (kind === 1) return { kind: 'collection', form: 'list', of: () => readSchema(raw[4]) };
  if (kind === 2) return { kind: 'collection', form: 'map', of: () => readSchema(raw[5]) };
  if (name === 'AttributeValue') return { kind: 'attributeValue' };
  if (kind !== 3 && kind !== 4 && kind !== -3) return PLAIN;
  return readStructure(raw);
}

/** The trait of an idempotency token, among the traits of a member. */
const TOKEN_TRAIT = 4;

const isToken = (schema: unknown): boolean =>
  Array.isArray(schema) && typeof schema[1] === 'number' && (schema[1] & TOKEN_TRAIT) !== 0;

function readStructure(raw: readonly unknown[]): Schema {
  const names = raw[4] as readonly string[];
  const schemas = raw[5] as readonly unknown[];
  // How many of the members must be given; they stand first.
  const count = Number(raw[6] ?? 0);
  const members = names.map((sdkName, index) => ({
    sdkName,
    get schema() {
      return readSchema(schemas[index]);
    },
  }));
  const required = names.slice(0, count).filter((_, index) => !isToken(schemas[index]));
  return {
    kind: 'structure',
    name: String(raw[2]),
    bySdkName: new Map(members.map((member) => [member.sdkName, member])),
    required,
  };
}
