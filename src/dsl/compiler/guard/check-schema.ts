import type { Json, JsonObject } from '../../asl/machine.ts';
import { arrayFamily } from './array-checks.ts';
import type { Checking, Family } from './checking.ts';
import { intersectionChecks } from './intersection-checks.ts';
import { DEEPEST_EVALUATION } from '../../asl/evaluation-depth.ts';
import { CHECK_DEPTH } from './limits.ts';
import { numberFamily, wholeCheck } from './number-checks.ts';
import { objectFamily } from './object-checks.ts';
import { deeper, fault, type Place, sentence, together } from './place.ts';
import type { References } from './reference-checks.ts';
import { stringFamily } from './string-checks.ts';
import { unionChecks } from './union-checks.ts';
import { constantWords, typeWords } from './words.ts';

const FAMILIES: Readonly<Record<string, Family>> = {
  string: stringFamily,
  number: numberFamily,
  array: arrayFamily,
  object: objectFamily,
};

/** Keywords that say nothing of which values are right. */
const ANNOTATIONS = [
  '$schema',
  '$id',
  'id',
  '$comment',
  '$defs',
  'title',
  'description',
  'examples',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  'format',
  'contentEncoding',
  'contentMediaType',
];

const CHECKED = new Set([
  ...ANNOTATIONS,
  ...Object.values(FAMILIES).flatMap(({ keywords }) => keywords),
  'type',
  'enum',
  'const',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  '$ref',
]);

/** The checks of one schema, keyword by keyword. */
export function checkSchema(
  schema: JsonObject,
  place: Place,
  { checking, references }: { readonly checking: Checking; readonly references: References },
): readonly string[] {
  if (place.depth + 2 * place.loops + CHECK_DEPTH > DEEPEST_EVALUATION) {
    checking.leave(place, 'what is nested deeper than Step Functions evaluates');
    return [];
  }
  for (const keyword of Object.keys(schema))
    if (!CHECKED.has(keyword)) checking.leave(place, `the keyword ${keyword}`);
  if (Array.isArray(schema.type)) return anyTypeChecks(schema, place, checking);
  return [
    ...notChecks(schema, place, checking),
    ...(typeof schema.$ref === 'string' ? references.checks(schema.$ref, place, checking) : []),
    ...valueChecks(schema, place, checking),
    ...unionChecks(schema, place, checking),
  ];
}

function notChecks({ not }: JsonObject, place: Place, checking: Checking): readonly string[] {
  if (not === undefined) return [];
  if (JSON.stringify(not) === '{}') return [sentence(place, 'must not be there')];
  checking.leave(place, 'the keyword not');
  return [];
}

/** `type: ["string", "null"]`: the types alone, or an alternative for each of them. */
function anyTypeChecks(schema: JsonObject, place: Place, checking: Checking): readonly string[] {
  const types = schema.type as readonly string[];
  const { type: _, ...rest } = schema;
  const bare =
    Object.keys(rest).every((keyword) => ANNOTATIONS.includes(keyword)) && !types.includes('integer');
  if (!bare) return unionChecks({ anyOf: types.map((type) => ({ ...rest, type })) }, place, checking);
  const wanted = [...new Set([...types, ...(place.orNull ? ['null'] : [])])];
  const condition = `$not($type(${place.value}) in ${JSON.stringify(types)})`;
  return [fault(place, condition, `must be ${typeWords(wanted)}`)];
}

/** Values that are named, else the type and what is asked of a value of that type. */
function valueChecks(schema: JsonObject, place: Place, checking: Checking): readonly string[] {
  const values = schema.const === undefined ? schema.enum : [schema.const];
  if (Array.isArray(values)) return [constantCheck(values as readonly Json[], place)];
  const { type } = schema;
  if (typeof type !== 'string') return untypedChecks(schema, place, checking);
  const own = type === 'integer' ? 'number' : type;
  if (place.type === own) return typedChecks(schema, { ...place, type: own }, checking);
  const wanted = typeWords([type, ...(place.orNull ? ['null'] : [])]);
  const wrong = fault(place, `$type(${place.value}) != ${JSON.stringify(own)}`, `must be ${wanted}`);
  const right = typedChecks(schema, { ...deeper(place, 2), type: own }, checking);
  return [right.length === 0 ? wrong : `${wrong} : ${together(right)}`];
}

function constantCheck(values: readonly Json[], place: Place): string {
  const [only] = values;
  const condition =
    values.length === 1
      ? `${place.value} != ${JSON.stringify(only)}`
      : `$not(${place.value} in ${JSON.stringify(values)})`;
  return fault(place, condition, `must be ${constantWords(values)}${place.orNull ? ' or null' : ''}`);
}

/** What is asked of a value whose type is right. */
function typedChecks(schema: JsonObject, place: Place, checking: Checking): readonly string[] {
  const family = FAMILIES[String(place.type)];
  return [
    ...(schema.type === 'integer' ? [wholeCheck(place)] : []),
    ...(family === undefined ? [] : family.checks(schema, place, checking)),
    ...intersectionChecks(schema, place, checking),
  ];
}

/** A schema without a type asks of a string what concerns strings, of a number what concerns numbers. */
function untypedChecks(schema: JsonObject, place: Place, checking: Checking): readonly string[] {
  const asked = Object.entries(FAMILIES).filter(([, { keywords }]) =>
    keywords.some((keyword) => schema[keyword] !== undefined),
  );
  return [
    ...asked.flatMap(([type, family]) => {
      if (place.type === type) return family.checks(schema, place, checking);
      const checks = family.checks(schema, { ...deeper(place, 2), type }, checking);
      return place.type === undefined && checks.length > 0
        ? [`$type(${place.value}) = ${JSON.stringify(type)} ? [${checks.join(', ')}]`]
        : [];
    }),
    ...intersectionChecks(schema, place, checking),
  ];
}
