import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import { createHash } from 'node:crypto';
import type { PolicyDocument } from '../../src/dsl/asl/policy-document.ts';
import { RolePolicy } from '../../src/dsl/simulator/iam/role-policy.ts';
import { awsError } from './lambda-application.ts';
import type { CommandMock } from './quick-client.ts';

/** Until a changed policy is told; until then the former one is (API_GetResourcePolicy). */
const LATE_MILLISECONDS = 4000;
/** Until the next change of the same policy is taken (guide, "Resource-based policy considerations"). */
const BLOCKED_MILLISECONDS = 15_000;

const LIMIT = 20 * 1024;

/** Policies of tables as DynamoDB keeps them: told late, changed only from the revision that is expected. */
export class TablePolicyStore {
  readonly #policies = new Map<string, { text: string | undefined; told: string | undefined; at: number }>();
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

  /** Whether the table's policy lets a role of its account, which is allowed everything, make a call. */
  allows(arn: string, principal: string, action: string): boolean {
    const text = this.get(arn);
    if (text === undefined) return true;
    const { Version, Statement } = JSON.parse(text) as PolicyDocument;
    const own = [Statement].flat().map((statement) => {
      const { Principal: _, ...rest } = statement as typeof statement & { Principal?: unknown };
      return rest;
    });
    const everything = { Effect: 'Allow' as const, Action: '*', Resource: '*' };
    const policy = new RolePolicy({ Version, Statement: [...own, everything] });
    const context = { 'aws:PrincipalArn': principal, 'aws:PrincipalIsAWSService': 'false' };
    const asked = { machine: principal, state: undefined, action, resources: [arn], optional: true, context };
    return policy.answer(asked).allowed;
  }

  serve(mock: CommandMock, exists: (arn: string) => boolean): void {
    const known = (arn: string) => {
      if (!exists(arn)) throw awsError('ResourceNotFoundException', `Requested resource not found: ${arn}`);
    };
    mock.on(GetResourcePolicyCommand).callsFake(({ ResourceArn }: { ResourceArn: string }) => {
      known(ResourceArn);
      const kept = this.#policies.get(ResourceArn);
      const Policy = kept && (this.#now() < kept.at + LATE_MILLISECONDS ? kept.told : kept.text);
      if (Policy === undefined) throw awsError('PolicyNotFoundException', 'no policy');
      return { Policy, RevisionId: revisionOf(Policy) };
    });
    const change = (arn: string, text: string | undefined, expected: string | undefined) => {
      known(arn);
      const kept = this.#policies.get(arn);
      if (expected !== undefined && expected !== revisionOf(kept?.text))
        throw awsError('PolicyNotFoundException', 'another policy is there');
      if (text === kept?.text) return { RevisionId: revisionOf(text) };
      if (kept && this.#now() < kept.at + BLOCKED_MILLISECONDS)
        throw awsError('ResourceInUseException', 'the policy was changed a moment ago');
      if (text !== undefined && Buffer.byteLength(text) > LIMIT)
        throw awsError('ValidationException', 'the policy is too long');
      this.#policies.set(arn, { text, told: kept?.text, at: this.#now() });
      return { RevisionId: revisionOf(text) };
    };
    mock
      .on(PutResourcePolicyCommand)
      .callsFake((asked: { ResourceArn: string; Policy: string; ExpectedRevisionId?: string }) =>
        change(asked.ResourceArn, asked.Policy, asked.ExpectedRevisionId),
      );
    mock
      .on(DeleteResourcePolicyCommand)
      .callsFake((asked: { ResourceArn: string; ExpectedRevisionId?: string }) =>
        change(asked.ResourceArn, undefined, asked.ExpectedRevisionId),
      );
  }
}

/** The same for the same text. */
const revisionOf = (text: string | undefined): string =>
  text === undefined ? 'NO_POLICY' : createHash('md5').update(text).digest('hex');
