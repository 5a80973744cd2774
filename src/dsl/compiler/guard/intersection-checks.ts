import type { JsonObject } from '../../asl/machine.ts';
import type { Checking } from './checking.ts';
import type { Place } from './place.ts';
import { resolved } from './references.ts';

/**
 * `allOf`. Zod refuses a key only when every side of an intersection does, where JSON Schema lets each side
 * refuse the other's keys: so plain objects pool the keys that they know, and next to anything else unknown keys
 * are left alone.
 */
export function intersectionChecks(schema: JsonObject, place: Place, checking: Checking): readonly string[] {
  if (!Array.isArray(schema.allOf)) return [];
  const sides = schema.allOf as readonly JsonObject[];
  const whole = sides.map((side) => withNamedKeys(resolved(side, checking.root)));
  if (sides.length < 2 || !whole.some(isClosed)) return sides.flatMap((side) => checking.faults(side, place));
  const plain = whole.every(isPlainObject);
  if (!plain) checking.leave(place, 'unknown keys of an intersection');
  const names = whole.flatMap(({ properties }) => Object.keys((properties ?? {}) as JsonObject));
  const pool: JsonObject = {
    properties: Object.fromEntries(names.map((name) => [name, {}])),
    additionalProperties: false,
  };
  return [...whole.map(opened), ...(plain && whole.every(isClosed) ? [pool] : [])].flatMap((side) =>
    checking.faults(side, place),
  );
}

const isPlainObject = ({ type, propertyNames, $ref }: JsonObject): boolean =>
  type === 'object' && propertyNames === undefined && $ref === undefined;

/** Whether a side refuses keys that it does not know. */
const isClosed = ({ additionalProperties }: JsonObject): boolean => additionalProperties === false;

function opened({ additionalProperties, ...rest }: JsonObject): JsonObject {
  return additionalProperties === undefined || additionalProperties === false
    ? rest
    : { ...rest, additionalProperties };
}

/** A record whose keys are listed, as the closed object that it is. */
function withNamedKeys(schema: JsonObject): JsonObject {
  const { propertyNames, additionalProperties: member = {}, ...rest } = schema;
  const names = (propertyNames as JsonObject | undefined)?.enum;
  if (!Array.isArray(names)) return schema;
  const properties = Object.fromEntries((names as readonly string[]).map((name) => [name, member]));
  return { ...rest, properties, additionalProperties: false };
}
