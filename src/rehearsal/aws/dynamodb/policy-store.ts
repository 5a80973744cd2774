import { createHash } from 'node:crypto';
import type { PolicyDocument } from '../../../dsl/asl/policy-document.ts';
import { RolePolicy } from '../../../dsl/simulator/iam/role-policy.ts';
import { AwsError } from '../aws-error.ts';

/** Until a changed policy is told; until then the former one is (API_GetResourcePolicy). */
const LATE_MILLISECONDS = 4000;
/** Until the next change of the same policy is taken (guide, "Resource-based policy considerations"). */
const BLOCKED_MILLISECONDS = 15_000;

const LIMIT = 20 * 1024;

interface KeptPolicy {
  readonly text: string | undefined;
  readonly told: string | undefined;
  readonly at: number;
  /** Made of the text when it is first asked. */
  decides?: RolePolicy;
}

/**
 * Policies of tables as DynamoDB keeps them: told late, and changed only from the revision that is expected. They are
 * heeded at once, where AWS takes up to half a minute. Errors are AwsErrors.
 */
export class PolicyStore {
  readonly #policies = new Map<string, KeptPolicy>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The policy in force, by the table's ARN. */
  get(arn: string): string | undefined {
    return this.#policies.get(arn)?.text;
  }

  /** Changes a policy as somebody else does, long ago. */
  set(arn: string, text: string | undefined): void {
    this.#policies.set(arn, { text, told: text, at: 0 });
  }

  /** What GetResourcePolicy answers. */
  read(arn: string): { Policy: string; RevisionId: string } {
    const kept = this.#policies.get(arn);
    const Policy = kept && (this.#now() < kept.at + LATE_MILLISECONDS ? kept.told : kept.text);
    if (Policy === undefined) throw new AwsError('PolicyNotFoundException', 'no policy');
    return { Policy, RevisionId: revisionOf(Policy) };
  }

  /**
   * What PutResourcePolicy answers, and DeleteResourcePolicy.
   * @param text undefined takes the policy away.
   * @param expected the revision that must be there; undefined takes any.
   */
  change(arn: string, text: string | undefined, expected: string | undefined): { RevisionId: string } {
    const kept = this.#policies.get(arn);
    if (expected !== undefined && expected !== revisionOf(kept?.text))
      throw new AwsError('PolicyNotFoundException', 'another policy is there');
    if (text === kept?.text) return { RevisionId: revisionOf(text) };
    if (kept && this.#now() < kept.at + BLOCKED_MILLISECONDS)
      throw new AwsError('ResourceInUseException', 'the policy was changed a moment ago');
    if (text !== undefined && Buffer.byteLength(text) > LIMIT)
      throw new AwsError('ValidationException', 'the policy is too long');
    this.#policies.set(arn, { text, told: kept?.text, at: this.#now() });
    return { RevisionId: revisionOf(text) };
  }

  /**
   * Whether the table's policy lets a role of its account, which is allowed everything, make a call. Whom a statement
   * is about is not looked at: only those about everybody mean here what they mean in AWS.
   * @param principal ARN of the role.
   */
  allows(arn: string, principal: string, action: string): boolean {
    const kept = this.#policies.get(arn);
    if (kept?.text === undefined) return true;
    kept.decides ??= policyOf(kept.text);
    const context = { 'aws:PrincipalArn': principal, 'aws:PrincipalIsAWSService': 'false' };
    const asked = { machine: principal, state: undefined, action, resources: [arn], optional: true, context };
    return kept.decides.answer(asked).allowed;
  }
}

function policyOf(text: string): RolePolicy {
  const { Version, Statement } = JSON.parse(text) as PolicyDocument;
  const own = [Statement].flat().map((statement) => {
    const { Principal: _, ...rest } = statement as typeof statement & { Principal?: unknown };
    return rest;
  });
  const everything = { Effect: 'Allow' as const, Action: '*', Resource: '*' };
  return new RolePolicy({ ...(Version === undefined ? {} : { Version }), Statement: [...own, everything] });
}

/** The same for the same text. */
const revisionOf = (text: string | undefined): string =>
  text === undefined ? 'NO_POLICY' : createHash('md5').update(text).digest('hex');
