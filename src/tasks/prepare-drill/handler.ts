import { createHash } from 'node:crypto';
import { lockFault } from '../acquire-lock/lock-fault.ts';
import { kmsClient, sfnClient } from '../aws-clients.ts';
import { faultsInWords } from '../faults-in-words.ts';
import { handlerOf, type Environment } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { readLock } from '../ledger/lock-record.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { Pace } from '../pacing/pace.ts';
import { besideOthers } from '../pacing/rates.ts';
import { checkTable } from '../preflight/check-table.ts';
import { checkKeys } from '../preflight/encryption-keys.ts';
import { parseRestorePoint, restorePointText } from '../restore-point.ts';
import { restoreWindow, WINDOW_READS_PER_SECOND } from '../restore-window.ts';
import { TaskError } from '../task-error.ts';
import { prepareDrill } from './task.ts';

const TABLES_AT_ONCE = 8;

/** What one execution can restore; a larger system is drilled in parts. */
const MOST_TABLES = 100;

export const prepareDrillHandler = handlerOf(
  prepareDrill,
  async (request, environment: Environment<'kms' | 'sfn'>) => {
    const { executionArn, restorePoint } = request;
    const { system } = environment;
    const drillId = drillIdOf(executionArn);
    const pace = new Pace(WINDOW_READS_PER_SECOND, environment.clock);
    const asked = [...new Set(request.tables ?? system.tables.map(({ name }) => name))];
    const names = asked.filter((name) => system.tables.some((table) => table.name === name));
    const at =
      restorePoint === undefined
        ? await latestOfAll(names, environment, pace)
        : parseRestorePoint(restorePoint);
    const checked = await inParallel(names, TABLES_AT_ONCE, (name) =>
      checkTable(
        { name, only: undefined, rates: {}, place: name, selectionPlace: name, incidentId: drillId, at },
        environment,
        pace,
      ),
    );
    const keys = await checkKeys(
      names.map((place, index) => ({ place, live: checked[index]?.live })),
      environment,
    );
    const held = await lockFault(await readLock(ledgerOf(environment, drillId)), executionArn, environment);
    const faults = [
      ...(restorePoint !== undefined && at === undefined
        ? [`restorePoint: ${restorePoint} is not a time that exists; write it like 2026-11-22T03:14:07Z`]
        : []),
      ...asked
        .filter((name) => !names.includes(name))
        .map((name) => `tables: ${name} is not under protection; check the name`),
      ...(asked.length > MOST_TABLES
        ? [`tables: ${asked.length} are too many for one drill; name at most ${MOST_TABLES}`]
        : []),
      ...checked.flatMap((table) => table.faults),
      ...keys.faults,
      ...(held === undefined ? [] : [`a recovery comes first: ${held}`]),
    ];
    if (at === undefined || faults.length > 0)
      throw new TaskError('DrillRefused', `nothing was touched; ${faultsInWords(faults)}`);
    return {
      drillId,
      restorePoint: restorePointText(at),
      tables: checked.flatMap(({ planned }) =>
        planned ? [{ ...planned, drillRates: besideOthers(planned.rates) }] : [],
      ),
      warnings: [...keys.warnings],
    };
  },
);

/** The same for every try of one execution; different for any other. */
function drillIdOf(executionArn: string): string {
  return `drill-${createHash('sha256').update(executionArn).digest('hex').slice(0, 16)}`;
}

/** The latest whole second that all tables can be restored to; undefined when one of them has none. */
async function latestOfAll(
  names: readonly string[],
  environment: Environment,
  pace: Pace,
): Promise<number | undefined> {
  const windows = await inParallel(names, TABLES_AT_ONCE, (name) => restoreWindow(name, environment, pace));
  const latest = Math.min(...windows.map((window) => window?.latest ?? -Infinity));
  return Number.isFinite(latest) ? Math.floor(latest / 1000) * 1000 : undefined;
}

export const handler = lambdaEntry(prepareDrillHandler, () => ({ kms: kmsClient(), sfn: sfnClient() }));
