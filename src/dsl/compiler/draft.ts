import type { ExpressionNode, TemplateNode } from '../ast/expression-node.ts';
import type {
  BatchNode,
  CallNode,
  ItemSourceNode,
  RetryNode,
  ToleranceNode,
  WaitNode,
} from '../ast/step-node.ts';

/**
 * A state machine between the steps it comes from and the ASL it becomes: states by name, with expressions
 * that are not yet JSONata text. Passes rewrite drafts; none changes one in place.
 */
export type Draft =
  TaskDraft | PassDraft | ChoiceDraft | WaitDraft | ParallelDraft | MapDraft | EndDraft | FailDraft;

export interface DraftFlow {
  readonly startAt: string;
  readonly states: readonly Draft[];
}

/** Steps with an undo that is due; null past the point of no return and inside branches, where failures stay. */
export type Undos = readonly string[] | null;

/** What answers a failure here before any undo: the parts of the tries around, innermost first. */
export interface TryHandler {
  /** The errors that it wants; what it then cannot answer it passes on itself. */
  readonly errors: readonly string[];
  /** Where the failure is kept: `{Error, Cause}`. */
  readonly variable: string;
  readonly next: string;
}

interface Named {
  readonly name: string;
  /** The steps of the author's whose undos are due if this state fails, oldest first. */
  readonly undos: Undos;
  readonly tries?: readonly TryHandler[];
}

/** What variables a state sets when it is left. */
export interface Assignments {
  readonly [variable: string]: TemplateNode;
}

export interface CatchDraft {
  readonly errors: readonly string[];
  readonly assign: Assignments;
  readonly next: string;
}

interface Fallible {
  readonly retry: readonly RetryNode[];
  readonly catches: readonly CatchDraft[];
}

export interface TaskDraft extends Named, Fallible {
  readonly type: 'Task';
  readonly call: CallNode;
  readonly assign: Assignments;
  readonly next: string;
}

export interface PassDraft extends Named {
  readonly type: 'Pass';
  readonly assign: Assignments;
  /** Whether the next state gets this one's input; otherwise nothing. */
  readonly keepsInput?: true;
  readonly next: string;
}

export interface ChoiceDraft extends Named {
  readonly type: 'Choice';
  readonly choices: readonly { readonly when: ExpressionNode; readonly next: string }[];
  readonly otherwise: string;
}

export interface WaitDraft extends Named {
  readonly type: 'Wait';
  readonly wait: WaitNode['wait'];
  readonly next: string;
}

export interface ParallelDraft extends Named, Fallible {
  readonly type: 'Parallel';
  readonly branches: readonly DraftFlow[];
  readonly assign: Assignments;
  readonly next: string;
}

export interface MapDraft extends Named, Fallible {
  readonly type: 'Map';
  readonly mode: 'inline' | 'distributed';
  readonly items: ExpressionNode | ItemSourceNode;
  /** The variable that the body knows its element, or its batch of them, by. */
  readonly element: string;
  /** What each child gets: of every item, or, with batches, once for each batch. */
  readonly select: Assignments;
  readonly atOnce: ExpressionNode;
  readonly batch?: BatchNode | undefined;
  readonly tolerated?: ToleranceNode | undefined;
  readonly results?: TemplateNode | undefined;
  readonly body: DraftFlow;
  readonly assign: Assignments;
  readonly next: string;
}

/** The good end of a flow: a Succeed state with the flow's result. */
export interface EndDraft extends Named {
  readonly type: 'Succeed';
  readonly output: TemplateNode;
}

export interface FailDraft extends Named {
  readonly type: 'Fail';
  readonly error: ExpressionNode;
  readonly cause: ExpressionNode;
}
