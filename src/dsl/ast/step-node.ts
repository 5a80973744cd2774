import type { JsonObject } from '../asl/machine.ts';
import type { ExpressionNode, TemplateNode } from './expression-node.ts';

/** What a workflow is made of: frozen, serialisable data that authoring writes and the compiler reads. */
export type StepNode =
  RunNode | PollNode | WaitNode | ChooseNode | ParallelNode | ForEachNode | FailNode | PointOfNoReturnNode;

export type CallNode = TaskCallNode | SdkCallNode | WorkflowCallNode;

/** A Lambda function of this project, by its task's name. */
export interface TaskCallNode {
  readonly kind: 'task';
  readonly task: string;
  readonly arguments: TemplateNode;
  readonly timeoutSeconds: number;
}

/** An AWS SDK service integration; `service` and `action` as in the ARN, `arguments` in the SDK's spelling. */
export interface SdkCallNode {
  readonly kind: 'sdk';
  readonly service: string;
  readonly action: string;
  readonly arguments: TemplateNode;
  readonly timeoutSeconds: number;
}

/** A child execution, awaited (`startExecution.sync:2`). */
export interface WorkflowCallNode {
  readonly kind: 'workflow';
  readonly workflow: string;
  readonly arguments: TemplateNode;
  readonly timeoutSeconds: number;
}

export interface RetryNode {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
}

/** Errors that give the step a value instead of failing it. */
export interface RecoveryNode {
  readonly errors: readonly string[];
  readonly value: TemplateNode;
}

export interface RunNode {
  readonly kind: 'run';
  readonly name: string;
  readonly call: CallNode;
  readonly retry: readonly RetryNode[];
  readonly recover: readonly RecoveryNode[];
  /** Runs if this step or a later one, up to the point of no return, fails. */
  readonly undo: CallNode | undefined;
  readonly undoRetry: readonly RetryNode[];
}

export interface PollNode {
  readonly kind: 'poll';
  readonly name: string;
  readonly call: CallNode;
  readonly retry: readonly RetryNode[];
  readonly recover: readonly RecoveryNode[];
  readonly until: ExpressionNode;
  readonly failWhen: ExpressionNode | undefined;
  /** What the cause of a failure says of the last result. */
  readonly saying: ExpressionNode | undefined;
  readonly everySeconds: number;
  readonly giveUpAfterSeconds: number;
}

export interface WaitNode {
  readonly kind: 'wait';
  readonly name: string;
  readonly seconds: ExpressionNode;
}

export interface FlowNode {
  readonly steps: readonly StepNode[];
  readonly returns: TemplateNode | undefined;
}

export interface ChooseNode {
  readonly kind: 'choose';
  readonly name: string;
  readonly cases: readonly {
    readonly label: string;
    readonly when: ExpressionNode;
    readonly flow: FlowNode;
  }[];
  readonly otherwise: FlowNode;
}

export interface ParallelNode {
  readonly kind: 'parallel';
  readonly name: string;
  readonly branches: { readonly [name: string]: FlowNode };
  readonly retry: readonly RetryNode[];
}

export interface ForEachNode {
  readonly kind: 'forEach';
  readonly name: string;
  readonly mode: 'inline' | 'distributed';
  readonly of: ExpressionNode;
  readonly as: string;
  readonly atOnce: number;
  readonly flow: FlowNode;
  readonly retry: readonly RetryNode[];
}

export interface FailNode {
  readonly kind: 'fail';
  readonly name: string;
  readonly error: string;
  readonly cause: ExpressionNode;
}

/** After it no undo runs: a failure stays at its state, so that a redrive goes on from there. */
export interface PointOfNoReturnNode {
  readonly kind: 'pointOfNoReturn';
}

export interface WorkflowNode {
  readonly kind: 'workflow';
  readonly name: string;
  readonly comment: string | undefined;
  /** JSON Schema (draft 2020-12) of the input as a caller writes it. */
  readonly input: JsonObject;
  readonly timeoutSeconds: number;
  readonly flow: FlowNode;
}
