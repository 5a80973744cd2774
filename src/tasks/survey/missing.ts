import type { Incident } from '../ledger/incident-record.ts';
import { shortList } from '../short-list.ts';

/** What the system names, and nothing is there. */
export interface Missing {
  /** In words: `the pipe shop-mails`. */
  readonly what: string;
  /** Why no recovery begins without it, with its remedy. */
  readonly fault: string;
}

/**
 * Whether what is missing may keep a run from going on. Tables may be half reset by an earlier one, which has found it:
 * the application would stay frozen until somebody deploys, and the thaw would no longer be allowed to look for it.
 */
export const mayRefuseMissing = (incident: Incident | undefined): boolean =>
  incident?.state !== 'writing' && incident?.state !== 'verified';

/** What an earlier run of the incident has found, and this one has not. */
export function goneWarnings(missing: readonly Missing[]): string[] {
  if (missing.length === 0) return [];
  return [
    `the recovery system names ${shortList(missing.map(({ what }) => what))}, gone since an earlier run of this ` +
      'incident: it goes on without, since tables may be half reset. What does the same under another name is not ' +
      'frozen, so stop that by hand; correct the configuration and deploy when the recovery has ended, not before',
  ];
}
