import type { Incident } from '../ledger/incident-record.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { shortList } from '../short-list.ts';
import { thawCommand } from '../thaw-command.ts';

/** What the system names, and nothing is there. */
export interface Missing {
  /** In words: `the pipe shop-mails`. */
  readonly what: string;
  /** Why no recovery begins without it, with its remedy. */
  readonly fault: string;
}

/**
 * Whether what is missing may keep a run from going on. Tables may be half reset by an earlier one, which has found it:
 * the application would stay frozen until somebody deploys, and the thaw would no longer be allowed to look for it. Once a
 * thaw by force has put everything back, that no longer holds: the application would run while its tables are reset.
 * @param isFrozen whether anything of the incident may still be stopped.
 */
export const mayRefuseMissing = (incident: Incident | undefined, isFrozen: boolean): boolean =>
  (incident?.state !== 'writing' && incident?.state !== 'verified') ||
  (incident.freeze !== 'standing' && !isFrozen);

/** What comes before a deploy, where an earlier run of the incident has stopped something and not put it back. */
export function beforeDeploy(ledger: Ledger, incident: Incident | undefined): string {
  return (
    'an earlier run of this incident has stopped something that is not put back, and a deploy may take away the right to do ' +
    'that: ' +
    (mayRefuseMissing(incident, true)
      ? `before you deploy, thaw it with: ${thawCommand(ledger)}`
      : 'take nothing out of the configuration before the incident has ended')
  );
}

/** What an earlier run of the incident has found, and this one has not. */
export function goneWarnings(missing: readonly Missing[]): string[] {
  if (missing.length === 0) return [];
  return [
    `the recovery system names ${shortList(missing.map(({ what }) => what))}, gone since an earlier run of this ` +
      'incident: it goes on without, since tables may be half reset. What does the same under another name is not ' +
      'frozen, so stop that by hand; correct the configuration and deploy when the recovery has ended, not before',
  ];
}
