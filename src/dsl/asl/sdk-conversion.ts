/** Requests and responses of the AWS SDK for JavaScript as Step Functions' integrations have them, and the reverse. */

import type { Json } from './machine.ts';
import { put } from './put.ts';
import { bySpelledName, noMember, stepFunctionsMember } from './sdk-naming.ts';
import {
  type OperationSchema,
  PLAIN,
  type Schema,
  type Side,
  type Structure,
  schemaOf,
} from './sdk-schema.ts';

/** A request names a member that its operation does not have, or spells it as the other side does. */
export class SdkNamingError extends Error {
  override readonly name = 'SdkNamingError';
}

/**
 * A request or response with the member names that Step Functions uses; dates become ISO 8601 text with `Z`,
 * bytes text in UTF-8, sets lists. Text in the place of a structure (an expression still to be evaluated) stays.
 * @throws SdkNamingError when an input names a member that the operation does not have.
 */
export function toStepFunctionsNames(operation: OperationSchema, side: Side, value: unknown): Json {
  const how: Conversion = { direction: 'toStepFunctions', strict: side === 'input', path: [] };
  return convert(schemaOf(operation, side), value, how);
}

/**
 * The reverse: a request as the JavaScript SDK's command takes it, with dates made of ISO 8601 text.
 * @throws SdkNamingError when the value names a member that Step Functions would refuse.
 */
export function toSdkNames(operation: OperationSchema, side: Side, value: Json): unknown {
  return convert(schemaOf(operation, side), value, { direction: 'toSdk', strict: true, path: [] });
}

interface Conversion {
  readonly direction: 'toStepFunctions' | 'toSdk';
  /** Whether an unknown member is an error; in responses a member newer than the model is passed on. */
  readonly strict: boolean;
  /** Where the conversion is, for what is wrong there. */
  readonly path: (string | number)[];
}

function convert(schema: Schema, given: unknown, how: Conversion): Json {
  const outward = how.direction === 'toSdk';
  const value = given instanceof Set ? [...given] : given;
  if (value === null || value === undefined) return (outward ? value : null) as Json;
  switch (schema.kind) {
    case 'timestamp':
      return (outward ? toDate(value, how) : value instanceof Date ? toIsoText(value) : value) as Json;
    case 'blob':
      if (!outward)
        return (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value) as Json;
      return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)) as unknown as Json;
    case 'text':
      return (outward && typeof value === 'object' ? JSON.stringify(value) : value) as Json;
    case 'attributeValue':
      return convertAttributeValue(value, outward);
    case 'collection': {
      const inner = within(schema.of(), how);
      if (Array.isArray(value)) return value.map((item, index) => inner(index, item));
      return mapObject(value, (key, item) => [key, inner(key, item)]);
    }
    case 'structure':
      return mapObject(value, (key, item) => convertMember(schema, key, { item, how }));
    case 'plain':
      return value as Json;
  }
  return schema satisfies never;
}

function convertMember(
  schema: Structure,
  key: string,
  { item, how }: { readonly item: unknown; readonly how: Conversion },
): [string, Json] {
  const outward = how.direction === 'toSdk';
  const member = outward ? bySpelledName(schema).get(key) : schema.bySdkName.get(key);
  if (member === undefined && how.strict) throw unknownMember(schema, key, how);
  const name = outward ? (member?.sdkName ?? key) : stepFunctionsMember(key);
  return [name, within(member?.schema ?? PLAIN, how)(key, item)];
}

/** Converts what stands a step further in. */
const within = (schema: Schema, how: Conversion) => (step: string | number, item: unknown) => {
  how.path.push(step);
  const converted = convert(schema, item, how);
  how.path.pop();
  return converted;
};

function mapObject(value: unknown, change: (key: string, item: unknown) => [string, Json]): Json {
  if (typeof value !== 'object' || value === null) return value as Json;
  const changed: { [key: string]: Json } = {};
  for (const [key, item] of Object.entries(value)) if (item !== undefined) put(changed, ...change(key, item));
  return changed;
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

function toDate(value: unknown, { path }: Conversion): Date {
  const date = typeof value === 'string' ? new Date(value) : new Date(Number.NaN);
  if (Number.isNaN(date.getTime()))
    throw new SdkNamingError(`${path.join('.')}: needs a time as ISO 8601 text with 'Z'; give it as such`);
  return date;
}

function unknownMember(schema: Structure, key: string, { direction, path }: Conversion): SdkNamingError {
  const place = [...path, key].join('.');
  if (direction === 'toStepFunctions') return new SdkNamingError(`${place}: ${noMember(schema, key)}`);
  const names = [...bySpelledName(schema).keys()];
  const remedy = schema.bySdkName.has(key)
    ? `write '${stepFunctionsMember(key)}'`
    : `use one of ${names.join(', ')}`;
  return new SdkNamingError(`${place}: the operation has no member '${key}'; ${remedy}`);
}
