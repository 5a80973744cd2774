import type { JsonObject } from '../asl/machine.ts';
import type { ExpressionNode, TemplateNode } from './expression-node.ts';

/** What a workflow is made of: frozen, serialisable data that authoring writes and the compiler reads. */
export type StepNode =
  | RunNode
  | CallbackNode
  | PollNode
  | RepeatNode
  | WaitNode
  | ChooseNode
  | ParallelNode
  | ForEachNode
  | TryNode
  | SucceedNode
  | FailNode
  | PointOfNoReturnNode;

export type CallNode = TaskCallNode | SdkCallNode | WorkflowCallNode | IntegrationCallNode;

interface Called {
  readonly arguments: TemplateNode;
  readonly timeoutSeconds: number;
  /**
   * What the state waits for: the call's own result; only that it has been started; or that somebody answers
   * with the task token that the arguments carry.
   */
  readonly waitsFor: 'result' | 'start' | 'token';
  /** Of a token: the seconds that are waited, if the machine computes them: never more than `timeoutSeconds`. */
  readonly patience?: ExpressionNode | undefined;
  /** Of a token: seconds that may pass between two signs of life. */
  readonly heartbeatSeconds?: number | undefined;
  /** JSON Schema of the call's own result, where the author gave one. */
  readonly output?: JsonObject | undefined;
  /** The ARN of the role that the call is made under; undefined for the machine's own. */
  readonly role?: ExpressionNode | undefined;
  /** What the machine's role must be allowed beyond what the kind of call implies. */
  readonly permissions?: readonly PermissionNode[] | undefined;
}

/** IAM actions and the ARNs (or patterns) that they are for. */
export interface PermissionNode {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** A Lambda function of this project, by its task's name. */
export interface TaskCallNode extends Called {
  readonly kind: 'task';
  readonly task: string;
  /** The names of the errors that it throws on purpose; undefined when it may throw any. */
  readonly errors?: readonly string[] | undefined;
}

/** An AWS SDK service integration; `service` and `action` as in the ARN, `arguments` in the SDK's spelling. */
export interface SdkCallNode extends Called {
  readonly kind: 'sdk';
  readonly service: string;
  readonly action: string;
}

/** A child execution, awaited by `startExecution.sync:2` unless it is only to be started. */
export interface WorkflowCallNode extends Called {
  readonly kind: 'workflow';
  readonly workflow: string;
  /** The names of the errors that its own steps may fail with; undefined when they may have any. */
  readonly errors?: readonly string[] | undefined;
  /** The child execution's name; Step Functions makes one up when there is none. */
  readonly executionName?: ExpressionNode | undefined;
  /** The name of the key that the child's executions are kept under. */
  readonly encryptedWith?: string | undefined;
}

/** Any other resource, `arn:aws:states:::<resource>`; `arguments` in the integration's own spelling. */
export interface IntegrationCallNode extends Called {
  readonly kind: 'integration';
  /** For example `sns:publish` or `glue:startJobRun.sync`. */
  readonly resource: string;
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

/** What every step that makes a call has. */
interface Calling {
  readonly name: string;
  readonly call: CallNode;
  readonly retry: readonly RetryNode[];
  readonly recover: readonly RecoveryNode[];
}

export interface RunNode extends Calling {
  readonly kind: 'run';
  /** Runs if this step or a later one, up to the point of no return, fails. */
  readonly undo: CallNode | undefined;
  readonly undoRetry: readonly RetryNode[];
}

/** A call that ends when somebody answers with its task token; `answer` is the schema that guards it. */
export interface CallbackNode extends Calling {
  readonly kind: 'callback';
  /** JSON Schema (draft 2020-12) of the answer; another answer fails the step. */
  readonly answer: JsonObject;
  /** What the answer's zod schema asks that its JSON Schema cannot say. */
  readonly unchecked: readonly UncheckedNode[];
  /** When this holds of the answer the step fails with `error` and `cause`. */
  readonly refusal:
    { readonly when: ExpressionNode; readonly error: string; readonly cause: ExpressionNode } | undefined;
}

export interface PollNode extends Calling {
  readonly kind: 'poll';
  readonly until: ExpressionNode;
  readonly failWhen: ExpressionNode | undefined;
  /** What the cause of a failure says of the last result. */
  readonly saying: ExpressionNode | undefined;
  readonly everySeconds: number;
  readonly giveUpAfterSeconds: number;
}

/** The same call again and again, each time with the cursor that the last one gave. */
export interface RepeatNode extends Calling {
  readonly kind: 'repeat';
  /** The cursor's variable and its values; undefined when the call keeps its place itself. */
  readonly cursor:
    { readonly variable: string; readonly first: TemplateNode; readonly next: TemplateNode } | undefined;
  readonly until: ExpressionNode;
  readonly saying: ExpressionNode | undefined;
  readonly pauseSeconds: number;
  /** Calls in all, after which the step fails. */
  readonly atMost: number;
}

/** A wait for so many seconds, or until a time. */
export interface WaitNode {
  readonly kind: 'wait';
  readonly name: string;
  readonly wait: { readonly seconds: ExpressionNode } | { readonly until: ExpressionNode };
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
  readonly of: ExpressionNode | ItemSourceNode;
  readonly as: string;
  /** Of an inline loop a literal. */
  readonly atOnce: ExpressionNode;
  readonly flow: FlowNode;
  readonly retry: readonly RetryNode[];
  /** Distributed only. */
  readonly batch?: BatchNode | undefined;
  readonly tolerated?: ToleranceNode | undefined;
  /** Where the results are written instead of being given back: `{Bucket, Prefix}`. */
  readonly results?: TemplateNode | undefined;
  /** What reading its items and writing its results needs, instead of or beyond what follows from them. */
  readonly permissions?: readonly PermissionNode[] | undefined;
}

/** Items that a distributed map reads from S3 itself. */
export interface ItemSourceNode {
  readonly kind: 'itemSource';
  readonly action: 'getObject' | 'listObjectsV2';
  /** In the integration's own spelling: `Bucket` and `Key`, or `Bucket` and `Prefix`. */
  readonly arguments: TemplateNode;
  /** ASL's ReaderConfig. */
  readonly config: JsonObject;
}

/** How many items, or bytes of them, one child execution gets. */
export interface BatchNode {
  readonly items: number | undefined;
  readonly bytes: number | undefined;
}

/** How many child executions, or which share of them in percent, may fail without failing the map. */
export interface ToleranceNode {
  readonly count: ExpressionNode | undefined;
  readonly percentage: ExpressionNode | undefined;
}

/**
 * Steps whose failure is answered here: by the first clause that names it, else `otherwise`; `last` runs in
 * any case. What none answers goes on to whatever is around.
 */
export interface TryNode {
  readonly kind: 'try';
  readonly name: string;
  readonly flow: FlowNode;
  readonly clauses: readonly {
    readonly label: string;
    readonly errors: readonly string[];
    readonly flow: FlowNode;
  }[];
  readonly otherwise: FlowNode | undefined;
  readonly last: FlowNode | undefined;
}

/** The good end of the whole workflow, with its output. */
export interface SucceedNode {
  readonly kind: 'succeed';
  readonly name: string;
  readonly output: TemplateNode;
}

export interface FailNode {
  readonly kind: 'fail';
  readonly name: string;
  readonly error: string;
  readonly cause: ExpressionNode;
}

/**
 * After it no undo runs. A failure stays at its state, so that a redrive goes on from there, or ends the
 * execution in words.
 */
export interface PointOfNoReturnNode {
  readonly kind: 'pointOfNoReturn';
  readonly failures: 'stayForRedrive' | 'endInWords';
}

/** Something that a schema asks and the machine does not check: a refinement, a pattern that it cannot read. */
export interface UncheckedNode {
  /** Where: `input.tables[].name`. */
  readonly path: string;
  /** What is not checked there: `a refinement`. */
  readonly what: string;
}

export interface WorkflowNode {
  readonly kind: 'workflow';
  readonly name: string;
  readonly comment: string | undefined;
  /** JSON Schema (draft 2020-12) of the input as a caller writes it. */
  readonly input: JsonObject;
  /** JSON Schema of what a finished execution gives. */
  readonly output: JsonObject;
  /** What the author's schema asks of the input that JSON Schema cannot say. */
  readonly unchecked: readonly UncheckedNode[];
  /** The names of the errors that it fails with on purpose. */
  readonly errors: readonly string[];
  /** The name of the KMS key that its executions are kept under; undefined for the service's own. */
  readonly encryptedWith?: string | undefined;
  readonly timeoutSeconds: number;
  readonly flow: FlowNode;
}
