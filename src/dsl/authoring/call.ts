import type { CallNode } from '../ast/step-node.ts';

declare const result: unique symbol;

/** One call a step makes (a task, an AWS SDK action, a child workflow) and the type of its result. */
export interface Call<out T> {
  readonly node: CallNode;
  readonly [result]?: T;
}
