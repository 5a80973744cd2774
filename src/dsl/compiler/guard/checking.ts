import type { JsonObject } from '../../asl/machine.ts';
import type { Place } from './place.ts';

/** Functions that a guard's expression defines before it uses them. */
export type GuardFunction = 'utf16' | 'step' | 'multiple' | 'schema';

/** One walk through a schema: what every keyword's checks may ask of the others. */
export interface Checking {
  /** What `$ref` points into. */
  readonly root: JsonObject;
  /** The elements of an array of faults: each expression gives a sentence, several of them, or nothing. */
  faults(schema: JsonObject, place: Place): readonly string[];
  /** The name to call a function by, which is then defined. */
  use(name: GuardFunction): string;
  /** Notes what the machine does not check. */
  leave(place: Place, what: string): void;
}

/** Checks of the keywords that concern one type of value, of a value of that type. */
export interface Family {
  readonly keywords: readonly string[];
  checks(schema: JsonObject, place: Place, checking: Checking): readonly string[];
}
