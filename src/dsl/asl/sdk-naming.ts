/**
 * Names and values as Step Functions' AWS SDK integrations spell them, and as the AWS SDK for JavaScript does.
 *
 * The integrations speak the names of the Java SDK: every word is capitalised, so that an acronym is a word like
 * any other (`SSESpecificationOverride` is `SseSpecificationOverride`), error names end in `Exception`, and times
 * are ISO 8601 text. Which parts of a value are names, and which are data (the keys of a map, an item's
 * attributes), only the service's own model says: the `<Operation>$` schemas that each client package exports.
 * Source: Step Functions developer guide, "Learning to use AWS service SDK integrations".
 */

import type { Json } from './machine.ts';

/** The integration's name of each service that can be called, by the name in its resource ARN. */
export const stepFunctionsServiceNames = { dynamodb: 'DynamoDb', lambda: 'Lambda', sfn: 'Sfn' } as const;

export type SdkService = keyof typeof stepFunctionsServiceNames;

/** An `<Operation>$` export of an `@aws-sdk/client-*` package: `[9, namespace, name, traits, input, output]`. */
export type OperationSchema = readonly unknown[];

export type Side = 'input' | 'output';

/** A request names a member that its operation does not have, or spells it as the other side does. */
export class SdkNamingError extends Error {
  override readonly name = 'SdkNamingError';
}

interface Member {
  readonly sdkName: string;
  readonly schema: Schema;
}

/** What a part of a request or response is, in the terms that decide about names. */
type Schema =
  | {
      readonly kind: 'structure';
      readonly bySdkName: ReadonlyMap<string, Member>;
      readonly byStepFunctionsName: ReadonlyMap<string, Member>;
    }
  | { readonly kind: 'collection'; readonly of: () => Schema }
  | { readonly kind: 'timestamp' | 'blob' | 'text' | 'attributeValue' | 'plain' };

/**
 * A member's name in Step Functions: `KMSMasterKeyId` is `KmsMasterKeyId`, `stateMachineArn` is `StateMachineArn`.
 * The word boundaries are those of the AWS SDK for Java 2 (`CodegenNamingUtils.splitOnWordBoundaries`).
 */
export function stepFunctionsName(memberName: string): string {
  return memberName
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .replaceAll(/(?<=[a-z])(?=[A-Z][a-zA-Z0-9])/g, ' ')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/([0-9])([a-zA-Z])/g, '$1 $2')
    .split(' ')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())
    .join('');
}

/**
 * The name a Retry or Catch matches: `stepFunctionsErrorName('DynamoDb', 'ResourceNotFoundException')` is
 * `DynamoDb.ResourceNotFoundException`, and an error whose own name lacks the suffix gets it.
 */
export function stepFunctionsErrorName(servicePrefix: string, errorName: string): string {
  const name = stepFunctionsName(errorName);
  return `${servicePrefix}.${name.endsWith('Exception') ? name : `${name}Exception`}`;
}

/**
 * A request or response with the member names that Step Functions uses; dates become ISO 8601 text with `Z`.
 * Text in the place of a structure (an expression still to be evaluated) stays as it is.
 * @throws SdkNamingError when an input names a member that the operation does not have.
 */
export function toStepFunctionsNames(operation: OperationSchema, side: Side, value: unknown): Json {
  return convert(schemaOf(operation, side), value, {
    direction: 'toStepFunctions',
    strict: side === 'input',
    path: '',
  });
}

/**
 * The reverse: a request as the JavaScript SDK's command takes it, with dates made of ISO 8601 text.
 * @throws SdkNamingError when the value names a member that Step Functions would refuse.
 */
export function toSdkNames(operation: OperationSchema, side: Side, value: Json): unknown {
  return convert(schemaOf(operation, side), value, { direction: 'toSdk', strict: true, path: '' });
}

/**
 * A path into a request or response in Step Functions' names: `['Table', 'SSEDescription', 'SSEType']` is
 * `['Table', 'SseDescription', 'SseType']`; indexes, map keys and attribute names stay as they are.
 */
export function toStepFunctionsPath(
  operation: OperationSchema,
  side: Side,
  path: readonly (string | number)[],
): readonly (string | number)[] {
  let schema: Schema = schemaOf(operation, side);
  return path.map((step) => {
    if (schema.kind === 'structure' && typeof step === 'string') {
      const member = schema.bySdkName.get(step);
      schema = member?.schema ?? plain;
      return member === undefined ? step : stepFunctionsName(member.sdkName);
    }
    schema = schema.kind === 'collection' ? schema.of() : plain;
    return step;
  });
}

interface Conversion {
  readonly direction: 'toStepFunctions' | 'toSdk';
  /** Whether an unknown member is an error; in responses a member newer than the model is passed on. */
  readonly strict: boolean;
  readonly path: string;
}

function convert(schema: Schema, value: unknown, how: Conversion): Json {
  const outward = how.direction === 'toSdk';
  if (value === null || value === undefined) return (outward ? value : null) as Json;
  switch (schema.kind) {
    case 'timestamp':
      return (outward ? toDate(value, how.path) : value instanceof Date ? toIsoText(value) : value) as Json;
    case 'blob':
      if (!outward)
        return (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value) as Json;
      return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)) as unknown as Json;
    case 'text':
      return (outward && typeof value === 'object' ? JSON.stringify(value) : value) as Json;
    case 'attributeValue':
      return convertAttributeValue(value, outward);
    case 'collection':
      if (Array.isArray(value)) return value.map((item, index) => convert(schema.of(), item, at(how, index)));
      return mapObject(value, (key, item) => [key, convert(schema.of(), item, at(how, key))]);
    case 'structure':
      return mapObject(value, (key, item) => {
        const member = (outward ? schema.byStepFunctionsName : schema.bySdkName).get(key);
        if (member === undefined) {
          if (how.strict) throw unknownMember(schema, key, how);
          return [outward ? key : stepFunctionsName(key), convert(plain, item, at(how, key))];
        }
        const name = outward ? member.sdkName : stepFunctionsName(key);
        return [name, convert(member.schema, item, at(how, key))];
      });
    case 'plain':
      return value as Json;
  }
  return schema satisfies never;
}

function mapObject(value: unknown, change: (key: string, item: unknown) => [string, Json]): Json {
  if (typeof value !== 'object' || value === null) return value as Json;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => change(key, item)));
}

/** Attribute values keep DynamoDB's own type names; only binary differs: base64 text in Step Functions. */
function convertAttributeValue(value: unknown, outward: boolean): Json {
  const binary = (item: unknown) => {
    if (outward) return (typeof item === 'string' ? Buffer.from(item, 'base64') : item) as Json;
    return (item instanceof Uint8Array ? Buffer.from(item).toString('base64') : item) as Json;
  };
  return mapObject(value, (type, content) => {
    if (type === 'B') return [type, binary(content)];
    if (type === 'BS' && Array.isArray(content)) return [type, content.map(binary)];
    if (type === 'L' && Array.isArray(content))
      return [type, content.map((item) => convertAttributeValue(item, outward))];
    if (type === 'M')
      return [type, mapObject(content, (name, item) => [name, convertAttributeValue(item, outward)])];
    return [type, content as Json];
  });
}

/** As Java's Instant writes it: milliseconds only when there are any. */
const toIsoText = (date: Date) => date.toISOString().replace('.000Z', 'Z');

function toDate(value: unknown, path: string): Date {
  const date = typeof value === 'string' ? new Date(value) : new Date(Number.NaN);
  if (Number.isNaN(date.getTime()))
    throw new SdkNamingError(`${path.slice(1)}: needs a time as ISO 8601 text with 'Z'; give it as such`);
  return date;
}

function unknownMember(
  schema: Extract<Schema, { kind: 'structure' }>,
  key: string,
  how: Conversion,
): SdkNamingError {
  const place = `${how.path}.${key}`.slice(1);
  const other = how.direction === 'toSdk' ? schema.bySdkName.get(key) : schema.byStepFunctionsName.get(key);
  const names = [...(how.direction === 'toSdk' ? schema.byStepFunctionsName : schema.bySdkName).keys()];
  const spelled = how.direction === 'toSdk' ? stepFunctionsName(key) : other?.sdkName;
  const remedy = other === undefined ? `use one of ${names.join(', ')}` : `write '${spelled}'`;
  return new SdkNamingError(`${place}: the operation has no member '${key}'; ${remedy}`);
}

const at = (how: Conversion, step: string | number): Conversion => ({ ...how, path: `${how.path}.${step}` });

const plain: Schema = { kind: 'plain' };

function schemaOf(operation: OperationSchema, side: Side): Schema {
  return readSchema(operation[side === 'input' ? 4 : 5]);
}

// The numbers of @smithy/core's schema encoding: a scalar is a number (4 to 7 are timestamps, 21 and 42 blobs,
// plus 64 for a list and 128 for a map of it); the rest are tuples that begin with their kind.
const timestamps = new Set([4, 5, 6, 7]);
const blobs = new Set([21, 42]);
const read = new WeakMap<object, Schema>();

function readSchema(raw: unknown): Schema {
  if (typeof raw === 'function') return readSchema((raw as () => unknown)());
  if (typeof raw === 'number') return readScalar(raw);
  if (!Array.isArray(raw)) return plain;
  const known = read.get(raw);
  if (known !== undefined) return known;
  const schema = readTuple(raw);
  read.set(raw, schema);
  return schema;
}

function readScalar(code: number): Schema {
  if (code >= 64) return { kind: 'collection', of: () => readScalar(code & 63) };
  if (timestamps.has(code)) return { kind: 'timestamp' };
  if (blobs.has(code)) return { kind: 'blob' };
  return code === 0 ? { kind: 'text' } : plain;
}

function readTuple(raw: readonly unknown[]): Schema {
  // A member with traits is [schema, traits]; a schema proper has a namespace in the second place.
  if (typeof raw[1] !== 'string') return readSchema(raw[0]);
  const [kind, , name] = raw;
  if (kind === 0) return readSchema(raw[4]);
  if (kind === 1) return { kind: 'collection', of: () => readSchema(raw[4]) };
  if (kind === 2) return { kind: 'collection', of: () => readSchema(raw[5]) };
  if (name === 'AttributeValue') return { kind: 'attributeValue' };
  if (kind !== 3 && kind !== 4 && kind !== -3) return plain;
  return readStructure(raw[4] as readonly string[], raw[5] as readonly unknown[]);
}

function readStructure(names: readonly string[], schemas: readonly unknown[]): Schema {
  const members = names.map((sdkName, index) => ({
    sdkName,
    get schema() {
      return readSchema(schemas[index]);
    },
  }));
  return {
    kind: 'structure',
    bySdkName: new Map(members.map((member) => [member.sdkName, member])),
    byStepFunctionsName: new Map(members.map((member) => [stepFunctionsName(member.sdkName), member])),
  };
}
