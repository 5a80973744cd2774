import type { Json, JsonObject } from '../../asl/machine.ts';
import { DefinitionError } from '../../ast/definition-error.ts';
import type { ExpressionNode } from '../../ast/expression-node.ts';
import { GUARDED, fieldOf, text } from './place.ts';
import { recursive, resolved, target } from './references.ts';

/**
 * A value with its schema's defaults where it has nothing of its own, as zod would give it. The value is known to
 * fit its schema. What it has beside the schema's fields stays.
 * @throws DefinitionError for a default where the machine cannot tell whether it is wanted.
 */
export function withDefaults(schema: JsonObject, value: ExpressionNode, place: string): ExpressionNode {
  const completed = complete(schema, GUARDED, { root: schema, place, depth: 0 });
  if (completed === undefined) return value;
  const parts = completed.split(GUARDED);
  return { kind: 'raw', parts, operands: parts.slice(1).map(() => value) };
}

interface Completing {
  readonly root: JsonObject;
  /** `Nested › input.limits`. */
  readonly place: string;
  readonly depth: number;
}

/** JSONata of the value with its defaults; undefined when there are none at any depth. */
function complete(schema: JsonObject, value: string, at: Completing): string | undefined {
  const whole = inPlace(schema, at.root);
  const inner = orNull(whole);
  if (inner !== undefined) {
    const completed = complete(inner, value, at);
    return completed === undefined ? undefined : `$type(${value}) = "null" ? null : ${completed}`;
  }
  refuseElsewhere(whole, at);
  if (whole.type === 'object' && whole.properties !== undefined) return completeObject(whole, value, at);
  if (whole.type !== 'array' || whole.prefixItems !== undefined || !isSchema(whole.items)) return undefined;
  const element = `$e${at.depth + 1}`;
  const completed = complete(whole.items, element, { ...at, place: `${at.place}[]`, depth: at.depth + 1 });
  // `[]` keeps an only element an array, the outer brackets make one of none.
  return completed === undefined ? undefined : `[$map(${value}, function(${element}) { ${completed} })[]]`;
}

function completeObject(schema: JsonObject, value: string, at: Completing): string | undefined {
  const fields = Object.entries(schema.properties as Readonly<Record<string, JsonObject>>);
  const given = fields.flatMap(([name, field]) => {
    const byDefault = defaultOf(field, at.root);
    return byDefault === undefined ? [] : [[name, byDefault] as const];
  });
  const completed = fields.flatMap(([name, field]) => {
    const inner = fieldOf(value, name);
    const whole = complete(field, inner, { ...at, place: `${at.place}.${name}` });
    return whole === undefined ? [] : [`$exists(${inner}) ? {${text(name)}: ${whole}} : {}`];
  });
  if (given.length === 0 && completed.length === 0) return undefined;
  const missing = given.length === 0 ? [] : [JSON.stringify(Object.fromEntries(given))];
  return `$merge([${[...missing, value, ...completed].join(', ')}])`;
}

/** What a reference stands for, unless it leads back to itself. */
const inPlace = (schema: JsonObject, root: JsonObject): JsonObject =>
  typeof schema.$ref === 'string' && recursive(schema.$ref, root) ? schema : resolved(schema, root);

/** A default of the value itself, also when null would do as well; undefined without one. */
export function defaultOf(schema: JsonObject, root: JsonObject): Json | undefined {
  const whole = resolved(schema, root);
  if (whole.default !== undefined) return whole.default;
  const inner = orNull(whole);
  return inner === undefined ? undefined : defaultOf(inner, root);
}

/** What may be null beside: `X` of `anyOf: [X, null]`. */
function orNull({ anyOf }: JsonObject): JsonObject | undefined {
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return undefined;
  const [first, second] = anyOf as readonly JsonObject[];
  return second?.type === 'null' ? first : first?.type === 'null' ? second : undefined;
}

/** Keywords below which a default would depend on which alternative, position or key is meant, and what they say. */
const ELSEWHERE = {
  anyOf: 'a union',
  oneOf: 'a union',
  allOf: 'an intersection',
  prefixItems: 'a tuple',
  additionalProperties: "a record, or an object's catchall",
  patternProperties: 'a record',
} as const;

function refuseElsewhere(schema: JsonObject, { place, root }: Completing): void {
  const { $ref, items, prefixItems } = schema;
  const elsewhere: readonly (readonly [what: string, inner: Json | undefined])[] = [
    ...Object.entries(ELSEWHERE).map(([keyword, what]) => [what, schema[keyword]] as const),
    ['the rest of a tuple', prefixItems === undefined ? undefined : items],
    ['a schema that refers to itself', $ref === undefined ? undefined : { $ref }],
  ];
  const [met] = elsewhere.find(([, inner]) => hasDefault(inner, { root, seen: new Set() })) ?? [];
  if (met === undefined) return;
  throw new DefinitionError(
    `${place}: the machine cannot apply a default within ${met}; ` +
      `give the whole value a default, or make the inner one optional`,
  );
}

interface Search {
  readonly root: JsonObject;
  /** References that have been followed. */
  readonly seen: Set<string>;
}

function hasDefault(schema: Json | undefined, search: Search): boolean {
  if (Array.isArray(schema)) return schema.some((one) => hasDefault(one as Json, search));
  if (!isSchema(schema)) return false;
  const { $ref, properties, items, default: own } = schema;
  const within = [
    items,
    ...Object.keys(ELSEWHERE).map((keyword) => schema[keyword]),
    ...Object.values(properties ?? {}),
  ];
  return (
    own !== undefined ||
    leadsToDefault($ref, search) ||
    within.some((inner) => hasDefault(inner as Json, search))
  );
}

function leadsToDefault(reference: Json | undefined, search: Search): boolean {
  if (typeof reference !== 'string' || search.seen.has(reference)) return false;
  search.seen.add(reference);
  return hasDefault(target(reference, search.root), search);
}

const isSchema = (schema: Json | undefined): schema is JsonObject =>
  typeof schema === 'object' && schema !== null && !Array.isArray(schema);
