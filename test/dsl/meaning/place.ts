/** Where a step stands. */
export interface Place {
  /** As its author wrote it, ways and branches included. */
  readonly path: readonly string[];
  /** As a cause tells it: of a `finally` before a failure goes on there is a copy of its own. */
  readonly toldPath: readonly string[];
  /** The step whose inside it is; steps inside begin their names with it. */
  readonly name: string;
}

export const outermost: Place = { path: [], toldPath: [], name: '' };

/**
 * Of the step by its number. Ways of one step use the same names, and so do its branches, so that a value
 * that gets out of one is seen in another.
 */
export function stepPlace(around: Place, index: number): Place {
  const name = `${around.name}s${index}`;
  return { ...labelled(around, name), name };
}

/** Of a way or a part of a try. */
export const labelled = ({ path, toldPath, name }: Place, label: string, told = label): Place => ({
  path: [...path, label],
  toldPath: [...toldPath, told],
  name,
});

/** Of what answers the body of a try: its names are not the body's, whose values are still set there. */
export const answering = (place: Place, label: string): Place => ({
  ...labelled(place, label),
  name: `${place.name}y`,
});

/** Of a `finally`, whose names are neither the body's nor a clause's. */
export const finallyPlace = (place: Place, told: 'finally' | 'finallyFailed' = 'finally'): Place => ({
  ...labelled(place, 'finally', told),
  name: `${place.name}z`,
});

/** Of what has variables of its own: its names are never those of the scopes around, which would be refused. */
export const forked = (place: Place): Place => ({ ...place, name: `${place.name}b` });

export const branchLabels = ['left', 'middle', 'right'] as const;

/** What the calls of a place are told apart by, but for the elements of the loops around. */
export const siteOf = ({ path }: Place): string => path.join('.');
