import type { Environment } from '../handler.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';

/** The largest page that EventBridge gives (API_ListPipes, API_ListSchedules). */
export const PAGE = 100;
/** An account may have a million schedules (EventBridge Scheduler quotas); a survey is not worth as many calls. */
const MOST_PAGES = 200;

export interface Listed<T> {
  readonly entries: readonly T[];
  /** Whether these are all. */
  readonly complete: boolean;
}

/** Lists page by page, within a bound: what lies beyond is not looked at. */
export async function listAll<T>(
  page: (token: string | undefined) => Promise<{ readonly entries: readonly T[]; readonly next?: string }>,
  environment: Environment,
): Promise<Listed<T>> {
  const entries: T[] = [];
  let token: string | undefined;
  for (let pages = 0; pages < MOST_PAGES && !outOfTime(environment); pages += 1) {
    const answer = await page(token);
    entries.push(...answer.entries);
    token = answer.next;
    if (token === undefined) return { entries, complete: true };
  }
  return { entries, complete: false };
}
