import type * as z from 'zod';
import type { FlowNode, StepNode } from '../ast/step-node.ts';
import { referenceTo } from '../expression/expression.ts';
import type { Stem } from './body.ts';
import { type Ground, placed } from './checked.ts';
import { unnamed } from './refuse-foreign.ts';
import { elementName, stepName } from './step-name.ts';

/** How a flow may end, whatever the types of its workflow. */
export interface AnyEnd {
  readonly in: 'workflow' | 'way' | 'branch';
  /** The errors that the workflow declares. */
  readonly errors: readonly string[];
  /** The workflow's output. */
  readonly output: z.ZodType;
  /** Makes the workflow of its finished flow. */
  readonly finish: (node: FlowNode) => unknown;
}

/** All that a flow knows. */
export interface Standing {
  readonly end: AnyEnd;
  readonly place: string;
  readonly scope: object;
  readonly steps: readonly StepNode[];
  /** The names of the steps around, whose variables are set when these steps are over. */
  readonly around: readonly string[];
  readonly stem: Stem;
}

/** What a step knows when it is added: its own place and name, and how its parts begin. */
export interface StepGround extends Ground<object> {
  readonly name: string;
  readonly steps: readonly StepNode[];
  readonly end: AnyEnd;
  /** What is known behind the step. */
  readonly after: object;
  /** Begins what is inside the step but in the workflow's own sequence; `also` is a reference that it gets beside. */
  readonly way: (label?: string, also?: unknown) => object;
  /** Begins what runs beside the sequence, in a scope of its own. */
  readonly branch: (label: string) => object;
  /** Begins the body of a loop. */
  readonly each: (as: unknown) => { readonly as: string; readonly start: object };
}

/** Begins a flow. */
export type Begin = (standing: Standing) => object;

/** The node of a step, made at its place. */
export function stepAt(
  standing: Standing,
  given: unknown,
  { begin, make }: { readonly begin: Begin; readonly make: (ground: StepGround) => StepNode },
): { readonly step: StepNode; readonly after: object } {
  const ground = groundOf(standing, given, begin);
  return { step: placed(ground.place, () => make(ground)), after: ground.after };
}

const withUnnamed = (scope: { readonly [unnamed]?: readonly unknown[] }, also: unknown): object =>
  also === undefined ? scope : { ...scope, [unnamed]: [...(scope[unnamed] ?? []), also] };

function groundOf(standing: Standing, given: unknown, begin: Begin): StepGround {
  const { end, scope, steps, around } = standing;
  const name = stepName(given, standing);
  const place = `${standing.place} › ${name}`;
  const inside = (within: 'way' | 'branch', known: object, label?: string) => {
    const at = label === undefined ? place : `${place} › ${label}`;
    return begin({
      end: { ...end, in: within },
      place: at,
      scope: known,
      steps: [],
      around: [...around, name],
      stem: { place: at },
    });
  };
  return {
    name,
    place,
    scope,
    steps,
    end,
    after: { ...scope, [name]: referenceTo(name) },
    way: (label, also) => inside(end.in === 'branch' ? 'branch' : 'way', withUnnamed(scope, also), label),
    branch: (label) => inside('branch', scope, label),
    each: (given) => {
      const as = elementName(given, standing, name);
      return { as, start: inside('branch', { ...scope, [as]: referenceTo(as) }) };
    },
  };
}
