import type { Choices } from './choices.ts';
import type { Open, OpenScope, Readable } from './draw-expression.ts';
import type { OpenFlow } from './drawn-flow.ts';
import type { Field } from './shape.ts';
import type { TaskOutcome } from './task-plan.ts';

/** What is known of the whole workflow while it is drawn. */
export interface Whole {
  readonly choices: Choices;
  /** What the calls of each task come to. */
  readonly plan: Map<string, readonly TaskOutcome[]>;
  /** One call in so many fails. */
  readonly trouble: number;
  /** Adds a step to a flow, and to its ground what the step makes known. */
  readonly draw: (flow: OpenFlow, ground: Ground) => OpenFlow;
  /** Adds a step that can fail. */
  readonly drawFallible: (flow: OpenFlow, ground: Ground) => OpenFlow;
  /** How many names have been given. */
  names: number;
}

/** Where steps are drawn. */
export interface Ground {
  readonly whole: Whole;
  readonly choices: Choices;
  /** What earlier steps made known; a flow within has a copy. */
  readonly known: Map<string, Field>;
  readonly in: 'workflow' | 'way' | 'branch';
  /** The errors that the clauses around caught, by a name that no step has. */
  readonly caught: OpenScope;
  /** How many more steps may be within each other. */
  readonly depth: number;
  /** The elements of the loops around, which tell one call of a task from another. */
  readonly ids: readonly (readonly string[])[];
  /** Whether it must not matter how often a task is called. */
  readonly steady: boolean;
  /** Whether a step around runs again as a whole when it fails. */
  readonly retried: boolean;
  /** Whether a try with a `finally` is around. */
  readonly hasLast: boolean;
  /** Whether this is in a `finally`, which may not end the workflow. */
  readonly isLast: boolean;
  /** Whether the point of no return is behind. */
  passed: boolean;
  /** Names of steps that are no longer known, in the same execution's variables. */
  readonly freed: Set<string>;
}

/** What is drawn within a step: what it makes known stays within. */
export const within = (ground: Ground, change: Partial<Ground> = {}): Ground => ({
  ...ground,
  known: new Map(ground.known),
  in: ground.in === 'branch' ? 'branch' : 'way',
  depth: ground.depth - 1,
  ...change,
});

/** What a callback can read that was given this scope. */
export const reading = ({ choices, known, caught }: Ground, scope: OpenScope): Readable => ({
  choices,
  known,
  scope: { ...scope, ...caught },
});

/** A ground on which a caught error is known. */
export function knowing(ground: Ground, name: string, error: Open): Ground {
  const field: Field = { shape: CAUGHT, optional: false };
  return {
    ...ground,
    known: new Map([...ground.known, [name, field]]),
    caught: { ...ground.caught, [name]: error },
  };
}

const CAUGHT: Field['shape'] = {
  kind: 'object',
  fields: {
    Error: { shape: { kind: 'text' }, optional: false },
    Cause: { shape: { kind: 'text' }, optional: false },
  },
};

/** A name that is not known yet: a new one, or one whose step is no longer known. */
export function newName({ whole, choices, freed, known }: Ground): string {
  const free = [...freed].filter((name) => !known.has(name));
  if (free.length > 0 && choices.once(2)) {
    const name = choices.pick(free);
    freed.delete(name);
    return name;
  }
  return freshName(whole);
}

/** A name that was never there. */
export function freshName(whole: Whole): string {
  whole.names += 1;
  return `s${whole.names}`;
}
