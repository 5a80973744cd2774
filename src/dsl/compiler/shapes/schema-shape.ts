import type { Json, JsonObject } from '../../asl/machine.ts';
import { defaultOf } from '../guard/defaults.ts';
import { jsonBytes } from './json-bytes.ts';
import { BOOLEAN, NULL, NUMBER, type Shape, UNKNOWN, eitherOf, scalar } from './shape.ts';

/** The shape of the values that a JSON Schema (draft 2020-12) allows; `filled` when their defaults are in them. */
export function shapeOfSchema(schema: JsonObject, filled: 'filled' | 'asGiven' = 'asGiven'): Shape {
  return shapeAt(schema, { root: schema, open: new Set(), filled: filled === 'filled' });
}

interface Walk {
  readonly root: JsonObject;
  /** The references that are being followed: what refers to itself has no bound. */
  readonly open: ReadonlySet<string>;
  readonly filled: boolean;
}

function shapeAt(schema: JsonObject, walk: Walk): Shape {
  if (typeof schema.$ref === 'string') return shapeOfReference(schema.$ref, walk);
  if (schema.const !== undefined) return exactly([schema.const]);
  if (Array.isArray(schema.enum)) return exactly(schema.enum as readonly Json[]);
  const ways = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(ways)) return eitherOf((ways as readonly JsonObject[]).map((way) => shapeAt(way, walk)));
  if (Array.isArray(schema.type))
    return eitherOf((schema.type as readonly string[]).map((type) => shapeOfType({ ...schema, type }, walk)));
  return shapeOfType(schema, walk);
}

function shapeOfReference(reference: string, walk: Walk): Shape {
  const { root, open } = walk;
  if (open.has(reference)) return UNKNOWN;
  const target = reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .reduce<Json | undefined>((at, part) => (at as JsonObject | undefined)?.[part], root);
  if (typeof target !== 'object' || target === null) return UNKNOWN;
  return shapeAt(target as JsonObject, { ...walk, open: new Set([...open, reference]) });
}

const exactly = (values: readonly Json[]): Shape => {
  const sizes = values.map(jsonBytes);
  return scalar(Math.min(...sizes), Math.max(...sizes));
};

const TYPES: Readonly<Record<string, (schema: JsonObject, walk: Walk) => Shape>> = {
  string: shapeOfText,
  number: () => NUMBER,
  integer: shapeOfInteger,
  boolean: () => BOOLEAN,
  null: () => NULL,
  array: shapeOfArray,
  object: shapeOfObject,
};

const shapeOfType = (schema: JsonObject, walk: Walk): Shape =>
  (typeof schema.type === 'string' && TYPES[schema.type]?.(schema, walk)) || UNKNOWN;

/** The most bytes that one character of JavaScript's takes in JSON: `\u0000`. */
const WIDEST = 6;

/** One class of letters, digits and marks that JSON writes as they are, and how many of it. */
const PLAIN = /^\^\[[A-Za-z0-9_.:/ +@=\\-]+\](?:\{(?<fewest>\d+)(?:,(?<most>\d*))?\}|[+*])\$$/;

function shapeOfText({ minLength, maxLength, pattern, format }: JsonObject): Shape {
  if (format === 'uuid') return scalar(38, 38);
  const { fewest, most } = (typeof pattern === 'string' && PLAIN.exec(pattern)?.groups) || {};
  const plain = typeof pattern === 'string' && PLAIN.test(pattern);
  const counted = most === undefined && fewest !== undefined ? fewest : most;
  const longest = smallest([maxLength, counted ? Number(counted) : undefined]);
  const shortest = Math.max(typeof minLength === 'number' ? minLength : 0, Number(fewest ?? 0));
  return scalar(2 + shortest, longest === undefined ? undefined : 2 + longest * (plain ? 1 : WIDEST));
}

function smallest(bounds: readonly (Json | undefined)[]): number | undefined {
  const numbers = bounds.filter((bound) => typeof bound === 'number');
  return numbers.length === 0 ? undefined : Math.min(...numbers);
}

function shapeOfInteger({ minimum, maximum }: JsonObject): Shape {
  if (typeof minimum !== 'number' || typeof maximum !== 'number') return NUMBER;
  return scalar(1, Math.max(String(minimum).length, String(maximum).length));
}

function shapeOfArray({ items, prefixItems, minItems, maxItems }: JsonObject, walk: Walk): Shape {
  const given = [...((prefixItems ?? []) as readonly JsonObject[]), ...(isSchema(items) ? [items] : [])];
  return {
    kind: 'list',
    items: eitherOf(given.map((item) => shapeAt(item, walk))),
    fewest: typeof minItems === 'number' ? minItems : 0,
    most: typeof maxItems === 'number' ? maxItems : undefined,
  };
}

function shapeOfObject(schema: JsonObject, walk: Walk): Shape {
  const required = new Set((schema.required ?? []) as readonly string[]);
  const fields = Object.entries((schema.properties ?? {}) as { readonly [name: string]: JsonObject });
  return {
    kind: 'object',
    fields: Object.fromEntries(
      fields.map(([name, field]) => {
        const filledIn = walk.filled && defaultOf(field, walk.root) !== undefined;
        return [name, { shape: shapeAt(field, walk), sure: filledIn || required.has(name) }];
      }),
    ),
    open: schema.additionalProperties !== false,
  };
}

const isSchema = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
