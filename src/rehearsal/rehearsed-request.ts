import type * as z from 'zod';
import { restorePointText } from '../tasks/restore-point.ts';
import type { RewindRequest } from '../workflow/rewind.ts';
import { TABLES } from './application/tables.ts';
import { TIMELINE } from './timeline.ts';

/** The input of the machine `Rewind`. */
export type RehearsedRequest = z.input<typeof RewindRequest>;

/** What may differ from what a careful engineer asks for. */
export interface Asked {
  /** Default `rehearsal`. */
  readonly incidentId?: string;
  /** Default the second that `TIMELINE` has, five minutes before the damage. */
  readonly restorePoint?: string;
  /** Names; default all tables of the application. */
  readonly tables?: readonly string[];
  /** What is typed as confirmation of every table; default each table's own name. */
  readonly confirm?: string;
}

/** What an engineer asks for who takes whole tables back, however many of their items must go. */
export function rehearsedRequest(asked: Asked = {}): RehearsedRequest {
  const { tables = TABLES.map(({ name }) => name) } = asked;
  return {
    incidentId: asked.incidentId ?? 'rehearsal',
    restorePoint: asked.restorePoint ?? restorePointText(TIMELINE.restorePoint),
    tables: tables.map((name) => ({ name, confirm: asked.confirm ?? name })),
    limits: { maxDeleteShare: 1 },
  };
}
