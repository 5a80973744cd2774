/**
 * A state machine as a picture has it: plain data, in the order of its states.
 *
 * @example
 * const labels = ({ nodes }: Graph) => nodes.map(({ label }) => label);
 * labels(compile(ship).graph.steps); // → ["Start", "tracked", "End"]
 */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly groups: readonly GraphGroup[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  /** A state's name, which is its own in the whole machine; or START or END. */
  readonly id: string;
  readonly label: string;
  /** What it calls, waits for, or fails with, in few words. */
  readonly detail?: string;
  readonly kind: NodeKind;
  /** The group that it is in. */
  readonly group?: string;
  /** Whether the branch, the iteration or the machine ends here well. */
  readonly ends?: true;
  /** The path of the step that it comes from; empty for what the compiler adds to the workflow itself. */
  readonly step?: readonly string[];
}

export type NodeKind =
  | 'start'
  | 'end'
  | 'task'
  | 'sdk'
  | 'workflow'
  | 'integration'
  | 'callback'
  | 'wait'
  | 'choice'
  | 'parallel'
  | 'map'
  | 'pass'
  | 'succeed'
  | 'fail'
  | 'undo';

/** A branch of a Parallel, or the body of a Map. */
export interface GraphGroup {
  readonly id: string;
  readonly label: string;
  /** The Parallel or Map. */
  readonly of: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /**
   * `start` leads from START, or into a branch; `undo` from a step to what undoes it; `retry`, which only a picture of
   * coverage has, back to the state.
   */
  readonly kind: 'start' | 'next' | 'choice' | 'default' | 'catch' | 'retry' | 'undo';
  /** Of a choice its condition, of a catch or retry its errors. */
  readonly label?: string;
  /** The author's own name of this way. */
  readonly way?: string;
}

/** Where the machine begins and ends well; no state's name has brackets. */
export const START = '(start)';
export const END = '(end)';
