import type { JsonObject } from '../../asl/machine.ts';
import type { Checking } from './checking.ts';
import { discriminatedChecks } from './discriminated-checks.ts';
import { deeper, type Place, sentence } from './place.ts';
import { wordsOf } from './words.ts';

/** `anyOf` and `oneOf`: one fault that says what each alternative wants, unless a field tells which one is meant. */
export function unionChecks(schema: JsonObject, place: Place, checking: Checking): readonly string[] {
  const { anyOf, oneOf } = schema;
  return [
    ...(Array.isArray(anyOf)
      ? alternatives(anyOf as readonly JsonObject[], place, { checking, exactly: false })
      : []),
    ...(Array.isArray(oneOf)
      ? alternatives(oneOf as readonly JsonObject[], place, { checking, exactly: true })
      : []),
  ];
}

interface Union {
  readonly checking: Checking;
  /** Whether exactly one alternative may fit. */
  readonly exactly: boolean;
}

function alternatives(schemas: readonly JsonObject[], place: Place, union: Union): readonly string[] {
  const { checking, exactly } = union;
  const isNull = (schema: JsonObject) => Object.keys(schema).length === 1 && schema.type === 'null';
  const others = schemas.filter((schema) => !isNull(schema));
  const [only] = others;
  if (!exactly && others.length < schemas.length && others.length > 0) {
    const orNull = { ...deeper(place, 2), orNull: true };
    const checks =
      only !== undefined && others.length === 1
        ? checking.faults(only, orNull)
        : alternatives(others, orNull, union);
    return checks.length === 0 ? [] : [`$type(${place.value}) != "null" ? [${checks.join(', ')}]`];
  }
  const chosen = discriminatedChecks(schemas, place, checking);
  if (chosen !== undefined) return chosen;
  const tried = schemas.map((schema) => checking.faults(schema, within(place)));
  if (!exactly && tried.some((checks) => checks.length === 0)) return [];
  const counts = `[${tried.map((checks) => `$count([${checks.join(', ')}])`).join(', ')}]`;
  const wanted = schemas.map((schema) => wordsOf(schema, checking.root));
  const words = [...new Set([...wanted, ...(place.orNull ? ['null'] : [])])].join(' or ');
  return exactly
    ? [`$count(${counts}[$ = 0]) != 1 ? ${sentence(place, `must be exactly one of: ${words}`)}`]
    : [`$not(0 in ${counts}) ? ${sentence(place, `must be ${words}`)}`];
}

function within(place: Place): Place {
  const { orNull: _, ...own } = place;
  return deeper(own, 6);
}
