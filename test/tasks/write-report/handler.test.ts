import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { settleFunction, stopFunction } from '../../../src/tasks/ledger/function-record.ts';
import {
  beginFreeze,
  markVerified,
  markWriting,
  openIncident,
} from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { putDocument, readDocument } from '../../../src/tasks/ledger/document-record.ts';
import { Report } from '../../../src/tasks/report/report.ts';
import { writeReportHandler } from '../../../src/tasks/write-report/handler.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { incidentProof, incidentThaw } from '../../support/incident-run.ts';
import { awsError, functionArn } from '../../support/lambda-application.ts';
import { executionArn, NOW, taskEnvironment } from '../../support/task-environment.ts';

const ledger = freshLedger();

const own = (now = NOW) => ({ ...ledgerOf(taskEnvironment(ledger), 'bad-import'), now: () => now });

async function verifiedIncident(given: Parameters<typeof taskEnvironment>[1] = {}) {
  await openIncident(own('2026-11-22T09:00:09.000Z'), incidentProof.restorePoint);
  await beginFreeze(own());
  await markWriting(own(), new Map(), 'run');
  await putDocument(own(), 'proof', incidentProof);
  await markVerified(own('2026-11-22T11:50:00.000Z'), 'run');
  return taskEnvironment(ledger, given);
}

/** Saves a function and puts it back, at these times. */
async function thawed(name: string, savedAt: string, settledAt: string): Promise<void> {
  const one = { name, arn: functionArn(name), timeoutSeconds: 60, reads: false, before: 25 };
  await stopFunction(own(savedAt), one, { record: undefined, isStopped: true, stop: async () => ({}) });
  await settleFunction(own(settledAt), name, 'thawed');
}

describe('the report', () => {
  it('is stored, closes the incident, and comes back without the lists of settings', async () => {
    const environment = await verifiedIncident();
    await thawed('shop-orders', '2026-11-22T09:00:30.000Z', '2026-11-22T11:55:00.000Z');

    const output = await writeReportHandler(incidentThaw, environment);

    const report = Report.parse(await readDocument(own(), 'report'));
    expect(report).toMatchObject({
      startedAt: '2026-11-22T09:00:00.000Z',
      finishedAt: NOW,
      freeze: { from: '2026-11-22T09:00:30.000Z', until: '2026-11-22T11:55:00.000Z', seconds: 10_470 },
      functions: [{ name: 'shop-orders', before: 25, during: 0, after: 25 }],
    });
    expect(output).toMatchObject({ functions: 1, eventSourceMappings: 0, tables: report.tables });
    expect(output).not.toHaveProperty('phases');
    expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({ state: { S: 'closed' } });
  });

  describe('in a bucket', () => {
    /** S3, and a system with a bucket for reports. */
    const withBucket = (prefix?: string) => {
      const s3 = new S3Client({ region: 'us-east-1' });
      const mock = mockClient(s3);
      mock.on(PutObjectCommand).resolves({});
      return { s3, mock, system: { reportBucket: { name: 'reports', prefix } } };
    };

    it.each([
      [undefined, 'bad-import'],
      ['recoveries/shop', 'recoveries/shop/bad-import'],
      ['recoveries/', 'recoveries/bad-import'],
    ])('is put under the prefix %s and the incident, for programs and for people', async (prefix, folder) => {
      const { mock, ...given } = withBucket(prefix);
      await writeReportHandler(incidentThaw, await verifiedIncident(given));
      const puts = mock.commandCalls(PutObjectCommand).map(({ args }) => args[0].input);
      expect(puts).toMatchObject([
        { Bucket: 'reports', Key: `${folder}/report.json`, ContentType: 'application/json' },
        { Bucket: 'reports', Key: `${folder}/report.html`, ContentType: 'text/html; charset=utf-8' },
      ]);
      expect(puts[0]?.Body).toBe(`${JSON.stringify(await readDocument(own(), 'report'), null, 2)}\n`);
      expect(puts[1]?.Body).toContain('RECOVERED: bad-import');
    });

    it('that takes it not is a warning, and the incident is closed all the same', async () => {
      const { mock, ...given } = withBucket();
      mock.on(PutObjectCommand).rejects(awsError('AccessDenied', 'not authorized'));
      const { warnings } = await writeReportHandler(incidentThaw, await verifiedIncident(given));
      expect(warnings.at(-1)).toBe(
        'The report could not be put to s3://reports/bad-import (AccessDenied); the ledger has it.',
      );
      expect(Report.parse(await readDocument(own(), 'report')).warnings).toEqual(warnings);
      expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({
        state: { S: 'closed' },
      });
    });
  });

  it('is the same when asked for again, whatever the time', async () => {
    const environment = await verifiedIncident();
    const first = await writeReportHandler(incidentThaw, environment);
    environment.clock.advance(3_600_000);
    const puts = ledger.mock.commandCalls(PutItemCommand).length;
    await expect(writeReportHandler(incidentThaw, environment)).resolves.toEqual(first);
    expect(ledger.mock.commandCalls(PutItemCommand)).toHaveLength(puts);
  });

  it('refuses an incident whose tables are not proven equal', async () => {
    const environment = taskEnvironment(ledger);
    await openIncident(own(), incidentProof.restorePoint);
    await beginFreeze(own());
    await markWriting(own(), new Map(), 'run');
    await expect(writeReportHandler(incidentThaw, environment)).rejects.toMatchObject({
      name: 'IncidentMismatch',
      message: expect.stringContaining('bad-import is writing'),
    });
    expect(await ledger.record('incident#bad-import', 'report')).toBeUndefined();
  });

  it('tells of a run that did not finish, and who did', async () => {
    const finisher = executionArn('second');
    const { warnings } = await writeReportHandler(
      { ...incidentThaw, execution: finisher, writeFences: 1, warnings: ['a fence was changed'] },
      await verifiedIncident(),
    );
    expect(warnings).toEqual([
      'a fence was changed',
      `The execution that proved the tables did not finish; this one did: ${finisher}`,
    ]);
    expect(await readDocument(own(), 'report')).toMatchObject({
      execution: incidentProof.execution,
      writeFences: 1,
      startedAt: '2026-11-22T09:00:00.000Z',
    });
  });
});
