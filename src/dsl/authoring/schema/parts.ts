import type * as z from 'zod';

/** What one schema is made of, and what of it a machine cannot do. */
export interface SchemaParts {
  /** Why JSON has no such value, and what to write instead. */
  readonly noJson?: string;
  /** Why what is read is not what was written, and what to write instead. */
  readonly changes?: string;
  /** What of it is left unchecked. */
  readonly left?: readonly string[];
  /** The schemas within, each with what its path has after this one's. */
  readonly parts: readonly (readonly [step: string, schema: z.core.$ZodType])[];
}

type Def = z.core.$ZodTypes['_zod']['def'];
type Parts = { [T in Def['type']]: (def: Extract<Def, { type: T }>) => SchemaParts };

const whole: SchemaParts = { parts: [] };
const wrapping = ({ innerType }: { readonly innerType: z.core.$ZodType }): SchemaParts => ({
  parts: [['', innerType]],
});
const noJson = (what: string, instead: string) => (): SchemaParts => ({
  noJson: `JSON has no ${what}, so no caller can write one; use ${instead}`,
  parts: [],
});
const changing = (what: string) => (): SchemaParts => ({
  changes: `${what} gives another value than the caller wrote, but the machine runs no code; take the value as it comes, and change it in a step`,
  parts: [],
});

/** What each type of schema is made of. */
const PARTS: Parts = {
  string: coercibleOr(() => whole),
  number: coercibleOr(() => whole),
  boolean: coercibleOr(() => whole),
  null: () => whole,
  any: () => whole,
  unknown: () => whole,
  never: () => whole,
  enum: () => whole,
  template_literal: () => whole,
  literal: ({ values }) =>
    values.some((value) => value === undefined || typeof value === 'bigint')
      ? {
          noJson: 'JSON has no such literal; use .optional() for undefined, a number for a bigint',
          parts: [],
        }
      : whole,
  object: ({ shape, catchall }) => ({
    parts: [
      ...Object.entries(shape).map(([name, field]) => [step(name), field] as const),
      ...(catchall === undefined ? [] : [['.*', catchall] as const]),
    ],
  }),
  array: ({ element }) => ({ parts: [['[]', element]] }),
  tuple: ({ items, rest }) => ({
    parts: [
      ...items.map((item, index) => [`[${index}]`, item] as const),
      ...(rest === null ? [] : [['[]', rest] as const]),
    ],
  }),
  record: ({ keyType, valueType, mode }) => ({
    left:
      mode === 'loose'
        ? ['keys and values of a loose record']
        : hasNumbers(keyType)
          ? ['keys as numbers']
          : [],
    parts: [
      [' (keys)', keyType],
      ['.*', valueType],
    ],
  }),
  union: ({ options }) => ({ parts: options.map((option) => ['', option]) }),
  intersection: ({ left, right }) => ({
    parts: [
      ['', left],
      ['', right],
    ],
  }),
  optional: wrapping,
  nullable: wrapping,
  nonoptional: wrapping,
  readonly: wrapping,
  default: wrapping,
  prefault: wrapping,
  lazy: ({ getter }) => ({ parts: [['', getter()]] }),
  custom: () => ({ left: ['a custom schema'], parts: [] }),
  // What is written is what goes in.
  pipe: ({ in: written }) => ({
    ...changing('a transform, preprocess, codec or pipe')(),
    parts: [['', written]],
  }),
  transform: changing('a transform'),
  catch: changing('a catch'),
  success: changing('a success schema'),
  promise: noJson('promises', 'the schema of its value'),
  function: noJson('functions', 'data'),
  symbol: noJson('symbols', 'z.string()'),
  undefined: noJson('undefined', '.optional()'),
  void: noJson('undefined', '.optional()'),
  bigint: coercibleOr(noJson('bigints', 'z.int(), or z.string() for more than 15 digits')),
  nan: noJson('NaN', 'z.null()'),
  date: coercibleOr(noJson('dates', 'z.iso.datetime()')),
  map: noJson('maps', 'z.record()'),
  set: noJson('sets', 'z.array()'),
  file: noJson('files', 'the name of an object in S3'),
};

export function partsOf(schema: z.core.$ZodType): SchemaParts {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return (PARTS[def.type] as (def: Def) => SchemaParts)(def);
}

function coercibleOr(otherwise: () => SchemaParts) {
  return ({ coerce }: { readonly coerce?: boolean }): SchemaParts =>
    coerce ? changing('z.coerce')() : otherwise();
}

const step = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;

/** Whether keys are compared as numbers: zod reads a key such as '1.0' as one. */
export function hasNumbers(schema: z.core.$ZodType): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'number') return true;
  if (def.type === 'literal') return def.values.some((value) => typeof value === 'number');
  if (def.type === 'enum') return Object.values(def.entries).some((value) => typeof value === 'number');
  return partsOf(schema).parts.some(([, part]) => hasNumbers(part));
}
