import type { FlowNode, StepNode } from '../../ast/step-node.ts';
import type { Draft, DraftFlow, TryHandler, Undos } from '../draft.ts';

/** Where a step is lowered: its path, what comes after it, and what answers its failure. */
export interface Place {
  readonly path: readonly string[];
  readonly next: string;
  readonly undos: Undos;
  readonly tries: readonly TryHandler[];
  /** Lowers what a step has inside. */
  readonly lower: {
    /** Steps that are followed by `place.next`. */
    steps(steps: readonly StepNode[], place: Omit<Place, 'lower'>): Lowered;
    /** A flow of its own, with its own end. */
    flow(flow: FlowNode, place: Omit<Place, 'next' | 'lower'>): DraftFlow;
  };
}

/** The states of one step and the name of the first. */
export interface Lowered {
  readonly entry: string;
  readonly states: readonly Draft[];
}

/** What answers the failures of the states at a place. */
export const handlersAt = ({ undos, tries }: Place): Pick<Place, 'undos' | 'tries'> => ({ undos, tries });

/** Nothing answers: a branch or an iteration fails as a whole. */
export const UNANSWERED: Pick<Place, 'undos' | 'tries'> = { undos: null, tries: [] };
