import type { Rule } from '@aws-sdk/client-eventbridge';
import type { Pipe } from '@aws-sdk/client-pipes';
import type { GetScheduleOutput } from '@aws-sdk/client-scheduler';
import { AwsError } from '../aws-error.ts';

/** A rule with the ARNs of its targets. */
export type KeptRule = Rule & { readonly targets?: readonly string[] };

/** A schedule; what a list does not tell may be missing. Dates are as whoever calls has them. */
export type KeptSchedule = Omit<GetScheduleOutput, 'Target'> & {
  Target?: { Arn: string; RoleArn?: string; Input?: string };
};

/** What EventBridge, its Pipes and its Scheduler have; the calls change it in place. */
export interface EventBridge {
  readonly pipes: Pipe[];
  readonly rules: KeptRule[];
  readonly schedules: KeptSchedule[];
}

/**
 * One page of a list.
 * @param token where the page before has ended; undefined for the first.
 * @param size the most entries of a page.
 */
export function pageOf<T>(all: readonly T[], token: string | undefined, size: number) {
  const end = Number(token ?? 0) + size;
  return { page: all.slice(end - size, end), next: end < all.length ? String(end) : undefined };
}

/** @throws AwsError of this name: there is nothing that is called so. */
export function notFound(name: string, what: string | undefined): never {
  throw new AwsError(name, `not found: ${what}`, { status: 404 });
}
