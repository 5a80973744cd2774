import type * as z from 'zod';
import { describeTable } from '../describe-table.ts';
import { estimate, type TableFacts, tableFacts } from '../estimate/estimate.ts';
import { US_EAST_1 } from '../estimate/prices.ts';
import { handlerOf, type Environment } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import {
  type Incident,
  isBackInUse,
  markWriting,
  noteQuestion,
  notOpen,
  readIncident,
} from '../ledger/incident-record.ts';
import { ledgerOf, type Ledger } from '../ledger/ledger.ts';
import { readSelection } from '../ledger/selection-record.ts';
import { holdsLock, readLock } from '../ledger/lock-record.ts';
import { FIRST_RATES } from '../pacing/rates.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { RESTORED_PREFIX } from '../preflight/restored-name.ts';
import { sameSecond } from '../restore-point.ts';
import { isByKeysAlone } from '../selection/selection.ts';
import { shortList } from '../short-list.ts';
import { TaskError } from '../task-error.ts';
import { faultsInWords } from '../faults-in-words.ts';
import { indexFaults } from './index-faults.ts';
import { plannedChangeFaults } from './planned-change-faults.ts';
import { restoredTableFaults } from './restored-table-faults.ts';
import { passGate } from './task.ts';

const TABLES_AT_ONCE = 8;
const HOUR = 3_600_000;

type Request = z.output<typeof passGate.definition.input>;

export const passGateHandler = handlerOf(passGate, async (request, environment) => {
  const { incidentId, run, tables, limits, resuming = false } = request;
  const at = Date.parse(request.restorePoint);
  const ledger = ledgerOf(environment, incidentId);
  const incident = await readIncident(ledger);
  const ofIncident = await incidentFaults(ledger, incident, { run, at });
  const checked = await inParallel(tables, TABLES_AT_ONCE, async (table) => {
    const place = `tables[${tables.indexOf(table)}]`;
    const { faults, facts } = await checkPair(place, { ...table, at }, environment);
    const circumstances = {
      facts,
      rates: table.rates ?? FIRST_RATES,
      prices: environment.system.prices ?? US_EAST_1,
    };
    const only = await readSelection(ledger, { run, table: table.name });
    const change = {
      planned: table.planned,
      only,
      estimate: estimate(table.planned, circumstances),
      // What this run has noted itself, in a call whose answer was lost, does not count.
      hasBegun: resuming && incident?.written[table.name] === table.selection,
    };
    const { refused } = table.planned;
    const ofIndexes = { incidentId, run, name: table.name, refused };
    return {
      faults: [
        ...faults,
        ...plannedChangeFaults(`${place}.planned`, change, limits),
        ...(await indexFaults(`${place}.planned`, ofIndexes, environment)),
      ],
      report: { name: table.name, counts: table.planned, estimate: change.estimate },
      isSelectedAnew: change.hasBegun && only !== undefined && !isByKeysAlone(only),
    };
  });
  const faults = [...ofIncident, ...checked.flatMap((table) => table.faults)];
  if (faults.length > 0) throw refusal(faults);
  // Once more, since the tables took their time: this execution may have been stopped meanwhile, and another run of the
  // incident may have begun.
  if (!(await holdsLock(ledger, run))) throw refusal([notHolder(incidentId)]);
  if (!(await record(request, ledger, environment)))
    throw refusal([`incidentId: the freeze of ${incidentId} no longer stands; run it again`]);
  return {
    passedAt: ledger.now(),
    tables: checked.map(({ report }) => report),
    warnings: [
      ...request.warnings,
      ...selectedAnew(checked.filter((table) => table.isSelectedAnew).map(({ report }) => report.name)),
    ],
  };
});

/** What a selection by other attributes than keys does not tell once items have been written. */
function selectedAnew(tables: readonly string[]): string[] {
  if (tables.length === 0) return [];
  return [
    `${shortList(tables)}: the incident had begun to reset what 'only' selects; what no longer meets it was not looked at ` +
      'again, be it taken back or written by others meanwhile: if anything wrote since the first run, look at those items',
  ];
}

/** @returns false when the incident was closed or thawed while the tables were looked at. */
async function record(
  { run, tables, answerWithinHours: hours }: Request,
  ledger: Ledger,
  { clock }: Environment,
): Promise<boolean> {
  return hours === undefined
    ? markWriting(ledger, new Map(tables.map(({ name, selection }) => [name, selection])), run)
    : noteQuestion(ledger, new Date(clock.now() + hours * HOUR).toISOString());
}

interface CheckedPair {
  readonly faults: readonly string[];
  readonly facts: TableFacts;
}

const UNKNOWN: TableFacts = { bytes: 0, hasStream: false };

async function checkPair(
  place: string,
  { name, restoredName, at }: Request['tables'][number] & { at: number },
  environment: Environment,
): Promise<CheckedPair> {
  const refused = (fault: string): CheckedPair => ({ faults: [`${place}.${fault}`], facts: UNKNOWN });
  const known = environment.system.tables.find((table) => table.name === name);
  if (known === undefined)
    return refused(`name: ${name} is not under protection; add it to the recovery system and deploy`);
  if (!restoredName.startsWith(RESTORED_PREFIX))
    return refused(
      `restoredName: ${restoredName} was not made by a restore of this system; use what preflight planned`,
    );
  const live = await describeTable(name, environment);
  const restored = await describeTable(restoredName, environment);
  if (live === undefined) return refused(`name: ${name} does not exist; restore it under its own name first`);
  if (restored === undefined)
    return refused(`restoredName: ${restoredName} does not exist; run the incident again to restore it`);
  const sensitive = known.sensitive ?? false;
  return { faults: restoredTableFaults(place, { live, restored, at, sensitive }), facts: tableFacts(live) };
}

async function incidentFaults(
  ledger: Ledger,
  incident: Incident | undefined,
  { run, at }: { readonly run: string; readonly at: number },
): Promise<string[]> {
  const lock = await readLock(ledger);
  const faults: string[] = [];
  if (incident === undefined || incident.state === 'closed')
    faults.push(`incidentId: ${ledger.incidentId} ${notOpen(incident)}`);
  else if (isBackInUse(incident))
    faults.push(
      `incidentId: the thaw of ${ledger.incidentId} has begun; finish it, nothing is left to reset`,
    );
  else if (incident.freeze !== 'standing')
    faults.push(
      `incidentId: the freeze of ${ledger.incidentId} does not stand; run the incident again from its start`,
    );
  if (incident !== undefined && !sameSecond(Date.parse(incident.restorePoint), at))
    faults.push(
      `restorePoint: ${ledger.incidentId} was opened for ${incident.restorePoint}; repeat that one`,
    );
  if (lock !== undefined && lock.incidentId !== ledger.incidentId)
    faults.push(
      `lock: incident ${lock.incidentId} has taken it since ${lock.acquiredAt}; let that one end first`,
    );
  // What a later run has noted as being written is not for an earlier one to replace, which may name fewer tables.
  else if (lock?.executionArn !== run) faults.push(notHolder(ledger.incidentId));
  return faults;
}

const notHolder = (incidentId: string): string =>
  `lock: this execution does not hold the lock of ${incidentId}; start the incident again rather than redrive this ` +
  'execution';

function refusal(faults: readonly string[]): TaskError {
  return new TaskError('GateRefused', `this run has written no live table; ${faultsInWords(faults)}`);
}

export const handler = lambdaEntry(passGateHandler);
