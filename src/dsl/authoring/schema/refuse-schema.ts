import type * as z from 'zod';
import { DefinitionError } from '../../ast/definition-error.ts';
import type { SchemaParts } from './parts.ts';
import { walkSchema } from './walk-schema.ts';

/** What a place is called within the value that is at it: `input` of `Rewind › input`. */
export const lastOf = (place: string): string => place.split(' › ').at(-1) ?? place;

/** All faults of a schema at once, whose paths begin with what its place is called. */
export function refuseSchema(place: string, faults: readonly string[]): void {
  const owner = place.slice(0, place.length - lastOf(place).length);
  if (faults.length > 0) throw new DefinitionError(faults.map((fault) => `${owner}${fault}`).join('\n'));
}

/**
 * Refuses the schema of a value that a function parses itself for what JSON cannot bring to it.
 * @param place What the value is called in messages: `Charge › input`.
 */
export const refuseNoJson = (schema: z.core.$ZodType, place: string): void =>
  refuseBy(schema, place, ({ noJson }) => noJson);

/**
 * Refuses the schema of a value that nobody parses for what JSON does not have, and for what would be another value
 * when it is read.
 */
export const refuseChanged = (schema: z.core.$ZodType, place: string): void =>
  refuseBy(schema, place, ({ noJson, changes }) => changes ?? noJson);

function refuseBy(
  schema: z.core.$ZodType,
  place: string,
  faultOf: (parts: SchemaParts) => string | undefined,
): void {
  const faults: string[] = [];
  walkSchema(schema, lastOf(place), (_schema, parts, path) => {
    const fault = faultOf(parts);
    if (fault !== undefined) faults.push(`${path}: ${fault}`);
    return fault === undefined;
  });
  refuseSchema(place, faults);
}
