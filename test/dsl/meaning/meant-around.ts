import { type Place, labelled } from './place.ts';
import type { Hue, Sees } from './plan.ts';
import { MISSING, seen } from './seen.ts';

/** A value that was given, or is missing. */
export type Value = string | undefined;

/** Where a step stands, what is known there, and the elements of the loops around. */
export interface Around {
  readonly place: Place;
  readonly known: readonly Value[];
  readonly elements: readonly string[];
  readonly hue: Hue;
}

export const textOf = (sees: Sees, known: readonly Value[]): string =>
  `${seen(sees, known)
    .map((value) => `${value ?? MISSING};`)
    .join('')}.`;

export const within = (around: Around, label: string): Around => ({
  ...around,
  place: labelled(around.place, label),
});
