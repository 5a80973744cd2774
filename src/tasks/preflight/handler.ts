import type * as z from 'zod';
import { incidentFault } from '../acquire-lock/incident-fault.ts';
import { lockFault } from '../acquire-lock/lock-fault.ts';
import { standingFreezeFault } from '../acquire-lock/standing-freeze-fault.ts';
import { kmsClient, sfnClient } from '../aws-clients.ts';
import { handlerOf, type Environment } from '../handler.ts';
import { boundedLines } from '../bounded-lines.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { readIncident } from '../ledger/incident-record.ts';
import { DEFAULT_APPROVAL_HOURS } from '../incident.ts';
import { ledgerOf, type Ledger } from '../ledger/ledger.ts';
import { readLock } from '../ledger/lock-record.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { Pace } from '../pacing/pace.ts';
import { parseRestorePoint, restorePointText } from '../restore-point.ts';
import { WINDOW_READS_PER_SECOND } from '../restore-window.ts';
import type { RecoverySystem } from '../recovery-system.ts';
import { marksOf } from '../selection/selection-mark.ts';
import { shortList } from '../short-list.ts';
import { TaskError } from '../task-error.ts';
import { faultsInWords } from '../faults-in-words.ts';
import { checkTable } from './check-table.ts';
import { copyFaults } from './copy-faults.ts';
import { checkKeys } from './encryption-keys.ts';
import { groupFaults, groupWarnings, partialGroups } from './recovery-groups.ts';
import { fenceFaults } from './fence-faults.ts';
import { payloadFaults } from './payload-faults.ts';
import { requestFaults } from './request-faults.ts';
import { keptCopyFaults, ownedKeyWarnings } from './sensitive-tables.ts';
import { tableQuotaWarnings } from './table-quota.ts';
import { preflight } from './task.ts';

const TABLES_AT_ONCE = 8;
const DEFAULT_QUIET_MINUTES = 3;
/** Beside those of the survey. */
const MOST_OWN_WARNINGS = 8;

type Request = z.output<typeof preflight.definition.input>;
type Needed = Environment<'kms' | 'sfn'>;

export const preflightHandler = handlerOf(preflight, async (request, environment: Needed) => {
  const { incidentId, tables, executionArn } = request;
  const { system, clock } = environment;
  const ledger = ledgerOf(environment, incidentId);
  const at = parseRestorePoint(request.restorePoint);
  const pace = new Pace(WINDOW_READS_PER_SECOND, clock);

  // A table outside the system is none of its business, and one named twice is looked at once.
  const known = tables
    .map(({ name, only, rates = {} }, index) => ({
      name,
      only,
      rates,
      place: `tables[${index}].name`,
      selectionPlace: `tables[${index}].only`,
      incidentId,
      at,
    }))
    .filter(({ name }, index) => tables.findIndex((table) => table.name === name) === index)
    .filter(({ name }) => system.tables.some((table) => table.name === name));
  const checked = await inParallel(known, TABLES_AT_ONCE, (table) => checkTable(table, environment, pace));
  const keys = await checkKeys(
    known.map(({ place }, index) => ({ place, live: checked[index]?.live })),
    environment,
  );
  const copies = known.map(({ name, place }, index) => ({ name, place, copy: checked[index]?.copy }));
  const unreadable = await inParallel(copies, TABLES_AT_ONCE, (copy) => copyFaults(copy, environment));
  const fences = await inParallel(known, TABLES_AT_ONCE, (table) => fenceFaults(table, environment));

  const asks = request.approval === true || system.approval?.required === true;
  const partial = partialGroups(tables, system);
  const planned = checked.flatMap((table) => table.planned ?? []);
  const own = [
    ...groupWarnings(partial),
    ...keys.warnings,
    ...expiryWarnings(known.filter((_, index) => checked[index]?.losesOthers).map(({ name }) => name)),
    ...checked.flatMap(({ slow = [] }) => slow),
    ...checked.flatMap(({ live, planned }) => (live && planned?.sensitive ? ownedKeyWarnings(live) : [])),
    ...(await tableQuotaWarnings(planned.length, environment)),
  ];
  const warnings = [...boundedLines(own, 'warnings', MOST_OWN_WARNINGS), ...request.warnings];
  const faults = [
    ...restorePointFaults(request.restorePoint, at, clock.now()),
    ...requestFaults(tables, system),
    ...(request.keepRestoredTables === true ? keptCopyFaults(tables, system) : []),
    ...(request.forcePartialGroup === true ? [] : groupFaults(partial)),
    ...checked.flatMap(({ faults }) => faults),
    ...keys.faults,
    ...unreadable.flat(),
    ...payloadFaults(planned, warnings),
    ...fences.flat(),
    ...request.faults,
    ...(asks ? approvalFaults(system) : []),
    ...(await ledgerFaults(ledger, { executionArn, at, tables }, environment)),
  ];
  if (at === undefined || faults.length > 0)
    throw new TaskError('PreflightRefused', `nothing was touched; ${faultsInWords(faults)}`);
  return {
    restorePoint: restorePointText(at),
    tables: planned,
    warnings,
    ...(asks ? { approvalTopic: system.noticeTopic } : {}),
    approvalHours: system.approval?.hours ?? DEFAULT_APPROVAL_HOURS,
    quietMinutes: system.quietMinutes ?? DEFAULT_QUIET_MINUTES,
  };
});

function restorePointFaults(text: string, at: number | undefined, now: number): string[] {
  if (at === undefined)
    return [`restorePoint: ${text} is not a time that exists; write it like 2026-11-22T03:14:07Z`];
  if (at > now)
    return [
      `restorePoint: ${text} is ${restorePointText(at)} in UTC, which is in the future ` +
        `(it is ${restorePointText(now)}); check the offset`,
    ];
  return [];
}

function expiryWarnings(tables: readonly string[]): string[] {
  if (tables.length === 0) return [];
  return [
    `${shortList(tables)}: only some items are taken back while time to live is on: if it deletes any before the proof, ` +
      'the reset may refuse (PlanExceeded) or the proof fail (TablesDiffer), with the application frozen; switch it off ' +
      'first (runbook: Time to live)',
  ];
}

function approvalFaults({ noticeTopic }: RecoverySystem): string[] {
  if (noticeTopic !== undefined) return [];
  return [
    'approval: the recovery system has no topic where somebody could be asked; deploy it with noticeTopic, ' +
      'or start without approval',
  ];
}

async function ledgerFaults(
  ledger: Ledger,
  { executionArn, at, tables }: Pick<Request, 'executionArn' | 'tables'> & { at: number | undefined },
  environment: Environment<'sfn'>,
): Promise<string[]> {
  const held = await lockFault(await readLock(ledger), executionArn, environment);
  const freeze = await standingFreezeFault(ledger);
  const incident =
    at === undefined
      ? undefined
      : incidentFault(ledger.incidentId, await readIncident(ledger), {
          restorePoint: restorePointText(at),
          tables: marksOf(tables),
        });
  return [held, freeze, incident].filter((fault) => fault !== undefined);
}

export const handler = lambdaEntry(preflightHandler, () => ({ kms: kmsClient(), sfn: sfnClient() }));
