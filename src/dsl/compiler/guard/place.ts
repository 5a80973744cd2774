/** Where a value under test is, for the machine and for a person. */
export interface Place {
  /** JSONata that reads the value. */
  readonly value: string;
  /** JSONata of the text that names it: `"input.tables[" & $i1 & "].name"`. */
  readonly path: string;
  /** The same for every element: `input.tables[].name`. */
  readonly label: string;
  /** Loops around this place; their parameters are numbered by it. */
  readonly loops: number;
  /** How many evaluations are around the one that looks at this place. */
  readonly depth: number;
  /** The type that the value is known to have here. */
  readonly type?: string;
  /** Whether null is as good as what is asked for. */
  readonly orNull?: boolean;
}

/** Stands for the JSONata of the guarded value itself, which may be written more than once. */
export const GUARDED = '\u0000';

/** Names that JSONata's path steps read as they stand. */
const PLAIN = /^(?!(?:and|or|in|true|false|null|function)$)[A-Za-z_][A-Za-z0-9_]*$/;

export function property({ value, path, label, loops, depth }: Place, name: string): Place {
  return {
    value: fieldOf(value, name),
    path: joined(path, step(name)),
    label: `${label}${step(name)}`,
    loops,
    depth,
  };
}

/** JSONata that reads a field, whatever its name is. */
export const fieldOf = (value: string, name: string): string =>
  PLAIN.test(name) ? `${value}.${name}` : `$lookup(${value}, ${text(name)})`;

/** A field's name as the next step of a path that a person reads. */
const step = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `[${text(name)}]`;

/** The position of a tuple. */
export function position({ value, path, label, loops, depth }: Place, index: number): Place {
  return {
    value: `${value}[${index}]`,
    path: joined(path, `[${index}]`),
    label: `${label}[${index}]`,
    loops,
    depth,
  };
}

export const deeper = (place: Place, by: number): Place => ({ ...place, depth: place.depth + by });

/** A sentence about the value, beginning with its path. */
export const sentence = (place: Place, words: string): string => joined(place.path, ` ${words}`);

/** A sentence for when the condition holds, and nothing otherwise. */
export const fault = (place: Place, condition: string, words: string): string =>
  `${condition} ? ${sentence(place, words)}`;

/** Text put to the end of a JSONata text expression, into its last literal if it ends in one. */
export function joined(expression: string, added: string): string {
  return expression.endsWith('"')
    ? `${expression.slice(0, -1)}${text(added).slice(1)}`
    : `${expression} & ${text(added)}`;
}

/** JSON text is a JSONata literal too. */
export const text = (value: string): string => JSON.stringify(value);

/** Several checks as one expression; a single one stands for itself. */
export const together = (checks: readonly string[]): string =>
  checks.length === 1 ? String(checks[0]) : `[${checks.join(', ')}]`;
