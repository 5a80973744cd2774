/**
 * What the role of a state machine must be allowed, as data: nothing here is an ARN of an account, so that
 * CDK, or whoever deploys, says what each name stands for.
 *
 * @example
 * const actionsOf = (statements: readonly Statement[]) => statements.flatMap(({ actions }) => actions);
 * actionsOf(compile(ship).permissions); // → ["lambda:InvokeFunction"]
 */
export interface Statement {
  /** IAM actions, sorted. */
  readonly actions: readonly string[];
  readonly resources: readonly Resource[];
  readonly conditions?: Conditions;
}

export type Resource =
  /**
   * The Lambda function of a task, which is `${name}` in the machine. Whoever puts the ARN of a version or an
   * alias there allows that ARN instead.
   */
  | { readonly kind: 'task'; readonly name: string }
  /** The state machine of a workflow. */
  | { readonly kind: 'machine'; readonly name: string }
  /** Executions of that state machine: `…:execution:<machine>:*`. */
  | { readonly kind: 'executions'; readonly of: string }
  /** Executions that its distributed maps started: `…:execution:<machine>/*`. */
  | { readonly kind: 'mapExecutions'; readonly of: string }
  /** A KMS key, by the name that a workflow's `encryptedWith` gives it. */
  | { readonly kind: 'key'; readonly name: string }
  /** An ARN or a pattern of ARNs, in which `${Partition}`, `${Region}` and `${Account}` stand for the deployment's own. */
  | { readonly kind: 'arn'; readonly arn: string }
  /** Any resource at all, because the call says on what only when the machine runs. */
  | { readonly kind: 'any' };

/** By operator (`StringEquals`) and condition key. */
export interface Conditions {
  readonly [operator: string]: { readonly [key: string]: string | Resource };
}

export const ANY: Resource = { kind: 'any' };

export const arn = (pattern: string): Resource => (pattern === '*' ? ANY : { kind: 'arn', arn: pattern });
