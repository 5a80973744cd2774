import type { JsonObject } from '../asl/machine.ts';

/** A value that should be an object; anything else has no members. */
export const objectOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

/** A value that should be text; anything else is none. */
export const textOrNone = (value: unknown): string => (typeof value === 'string' ? value : '');
