import { describeTable } from '../describe-table.ts';
import { estimate, tableFacts } from '../estimate/estimate.ts';
import { US_EAST_1 } from '../estimate/prices.ts';
import { s3Client } from '../aws-clients.ts';
import { type Environment, handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { putDocument } from '../ledger/document-record.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { putInBucket } from '../report/report-bucket.ts';
import { reportDrill } from './task.ts';

const TABLES_AT_ONCE = 8;

export const reportDrillHandler = handlerOf(reportDrill, async (drill, environment: Environment<'s3'>) => {
  const { drillId, restorePoint, restores, plans } = drill;
  const ledger = ledgerOf(environment, drillId);
  const startedAt = Date.parse(drill.startedAt);
  const restoredAt = new Map(restores.map(({ name, at }) => [name, Date.parse(at)]));
  const allRestoredAt = Math.max(...restoredAt.values());
  const tables = await inParallel(plans, TABLES_AT_ONCE, async ({ name, counts, rates, at }) => {
    const facts = tableFacts((await describeTable(name, environment)) ?? {});
    const prices = environment.system.prices ?? US_EAST_1;
    return {
      name,
      counts,
      estimate: estimate(counts, { facts, rates, prices }),
      restoreSeconds: ((restoredAt.get(name) ?? allRestoredAt) - startedAt) / 1000,
      planSeconds: (Date.parse(at) - allRestoredAt) / 1000,
    };
  });
  const made = {
    drillId,
    restorePoint,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: ledger.now(),
    tables,
    warnings: drill.warnings,
  };
  const unput = await putInBucket({ id: drillId, report: made }, environment);
  const report = { ...made, warnings: [...made.warnings, ...unput] };
  await putDocument(ledger, 'report', report);
  return report;
});

export const handler = lambdaEntry(reportDrillHandler, () => ({ s3: s3Client() }));
