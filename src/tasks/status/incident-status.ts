import { readDocument } from '../ledger/document-record.ts';
import { frozenMarks } from '../ledger/frozen-mark.ts';
import { type Incident, isBackInUse, readIncident } from '../ledger/incident-record.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Lock, readLock } from '../ledger/lock-record.ts';
import { Proof } from '../report/run.ts';
import { segmentRecords } from './segment-records.ts';
import { type TableStatus, tableStatuses } from './table-status.ts';

/** How an incident stands, from its ledger alone: names, counts and times, neither keys nor items. */
export interface IncidentStatus {
  readonly incidentId: string;
  readonly incident: Incident;
  /** Who holds the system's one lock, maybe for another incident; null when nobody does. */
  readonly lock: Lock | null;
  /** Whether anything of it may still be frozen: until a thaw has put everything back. */
  readonly frozen: boolean;
  /** Whether it is only to be finished, and its copies are to be kept then. */
  readonly keepsCopies: boolean;
  readonly tables: readonly TableStatus[];
}

/**
 * Reads how an incident stands.
 * @param now milliseconds since the epoch.
 * @returns undefined when the ledger does not know the incident.
 */
export async function incidentStatus(ledger: Ledger, now: number): Promise<IncidentStatus | undefined> {
  const incident = await readIncident(ledger);
  if (incident === undefined) return undefined;
  const lock = await readLock(ledger);
  const tables = tableStatuses(await segmentRecords(ledger), now);
  const { incidentId } = ledger;
  const frozen = (await frozenMarks(ledger)).some((mark) => mark.incidentId === incidentId);
  const proof = isBackInUse(incident) ? Proof.safeParse(await readDocument(ledger, 'proof')) : undefined;
  const keepsCopies = proof?.data?.keptRestoredTables ?? false;
  return { incidentId, incident, lock: lock ?? null, frozen, keepsCopies, tables };
}
