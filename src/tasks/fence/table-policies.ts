import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import { isNamed } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import { answerBy } from '../pacing/answer-by.ts';
import { seededJitter } from '../pacing/seeded-jitter.ts';
import { withBackoff } from '../pacing/with-backoff.ts';

/** A table's resource policy, with DynamoDB's id of it; `none` without one; `gone` without the table. */
export type TablePolicy = { readonly text: string; readonly revision: string } | 'none' | 'gone';

/** What a change expects there: a revision, or no policy (API_PutResourcePolicy). */
const NO_POLICY = 'NO_POLICY';

/** For fifteen seconds after a change of a policy the next one is refused (guide, "Resource-based policy considerations"). */
const PASSING_ERRORS = [
  'InternalServerError',
  'LimitExceededException',
  'ResourceInUseException',
  'ThrottlingException',
];

/** A changed policy takes effect within half a minute as a rule. */
export const POLICY_EFFECT_MILLISECONDS = 30_000;

const LOOK_EVERY_MILLISECONDS = 5000;
const LOOKS = 12;
/** A changed policy is told after some seconds (API_GetResourcePolicy): looked at for so long, it is. */
export const SEEN_MILLISECONDS = LOOKS * LOOK_EVERY_MILLISECONDS;

/** The resource policies of tables. A change goes through only while what it expects is there. */
export class TablePolicies {
  readonly #environment: Environment;
  readonly #allowChange: () => Promise<void>;
  readonly #random: () => number;

  /** @param allowChange asked immediately before every change, retries included; throws to prevent it. */
  constructor(environment: Environment, allowChange: () => Promise<void> = async () => {}) {
    this.#environment = environment;
    this.#allowChange = allowChange;
    this.#random = seededJitter(`policies#${environment.clock.now()}`);
  }

  /** As DynamoDB tells it, which may be what it was some seconds ago. */
  async read(arn: string): Promise<TablePolicy> {
    try {
      const { Policy, RevisionId = '' } = await this.#patiently(() =>
        this.#environment.dynamodb.send(new GetResourcePolicyCommand({ ResourceArn: arn })),
      );
      return Policy === undefined ? 'none' : { text: Policy, revision: RevisionId };
    } catch (error) {
      if (isNamed(error, 'PolicyNotFoundException')) return 'none';
      if (isNamed(error, 'ResourceNotFoundException')) return 'gone';
      throw error;
    }
  }

  /**
   * Puts a policy in the place of the one with this revision, or where there is none.
   * @returns its revision; undefined when something else is there, which is left as it is, or no table.
   */
  put(arn: string, text: string, expected: string | undefined): Promise<string | undefined> {
    const asked = { ResourceArn: arn, Policy: text, ExpectedRevisionId: expected ?? NO_POLICY };
    return this.#change(async () => {
      const { RevisionId = '' } = await this.#environment.dynamodb.send(new PutResourcePolicyCommand(asked));
      return RevisionId;
    });
  }

  /** Takes the policy with this revision away. @returns undefined when something else is there, or no table. */
  remove(arn: string, expected: string): Promise<string | undefined> {
    const asked = { ResourceArn: arn, ExpectedRevisionId: expected };
    return this.#change(async () => {
      const { RevisionId = '' } = await this.#environment.dynamodb.send(
        new DeleteResourcePolicyCommand(asked),
      );
      return RevisionId;
    });
  }

  /**
   * Looks until what DynamoDB tells is what is meant, a minute at the most.
   * @returns the last look.
   * @throws Error when the invocation has no time for another one: the last look tells nothing then.
   */
  async readUntil(arn: string, isMeant: (policy: TablePolicy) => boolean): Promise<TablePolicy> {
    const { clock } = this.#environment;
    for (let look = 1; ; look += 1) {
      const policy = await this.read(arn);
      if (isMeant(policy) || look === LOOKS) return policy;
      if (clock.now() + LOOK_EVERY_MILLISECONDS > answerBy(this.#environment))
        throw new Error('it could not be looked at for long enough in the time of one call');
      await clock.sleep(LOOK_EVERY_MILLISECONDS);
    }
  }

  async #change(call: () => Promise<string>): Promise<string | undefined> {
    try {
      return await this.#patiently(async () => {
        await this.#allowChange();
        return call();
      });
    } catch (error) {
      if (isNamed(error, 'PolicyNotFoundException', 'ResourceNotFoundException')) return undefined;
      throw error;
    }
  }

  #patiently<T>(call: () => Promise<T>): Promise<T> {
    const { clock } = this.#environment;
    return withBackoff(call, {
      retry: PASSING_ERRORS,
      clock,
      random: this.#random,
      deadline: answerBy(this.#environment),
    });
  }
}

/** The text of a policy; undefined when there is none. */
export function textOf(policy: TablePolicy): string | undefined {
  return typeof policy === 'string' ? undefined : policy.text;
}
