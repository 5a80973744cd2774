/** Where a step stands. */
export interface Place {
  /** As its author wrote it, ways and branches included. */
  readonly path: readonly string[];
  /** The step whose inside it is; steps inside begin their names with it. */
  readonly name: string;
}

export const outermost: Place = { path: [], name: '' };

/**
 * Of the step by its number. Ways of one step use the same names, and so do its branches, so that a value
 * that gets out of one is seen in another.
 */
export function stepPlace(around: Place, index: number): Place {
  const name = `${around.name}s${index}`;
  return { ...labelled(around, name), name };
}

/** Of a way or a part of a try. */
export const labelled = ({ path, name }: Place, label: string): Place => ({ path: [...path, label], name });

/** Of what answers the body of a try: its names are not the body's, whose values are still set there. */
export const answering = (place: Place, label: string): Place => ({
  ...labelled(place, label),
  name: `${place.name}y`,
});

/** Of a `finally`, whose names are neither the body's nor a clause's. */
export const finallyPlace = (place: Place): Place => ({
  ...labelled(place, 'finally'),
  name: `${place.name}z`,
});

/** Of what has variables of its own: its names are never those of the scopes around, which would be refused. */
export const forked = (place: Place): Place => ({ ...place, name: `${place.name}b` });

export const branchLabels = ['left', 'middle', 'right'] as const;

/** What the calls of a place are told apart by, but for the elements of the loops around. */
export const siteOf = ({ path }: Place): string => path.join('.');
