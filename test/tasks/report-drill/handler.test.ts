import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { reportDrillHandler } from '../../../src/tasks/report-drill/handler.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { incidentCounts as counts } from '../../support/incident-run.ts';
import { awsError } from '../../support/lambda-application.ts';
import { tableDescription } from '../../support/table-description.ts';
import { NOW, taskEnvironment } from '../../support/task-environment.ts';

const ledger = freshLedger();

const quickDrill = {
  drillId: 'drill-1',
  restorePoint: '2026-11-22T11:00:00Z',
  startedAt: '2026-11-22T11:00:00Z',
  restores: [{ name: 'orders', at: '2026-11-22T11:10:00.000Z' }],
  warnings: ['tables: whether the keys can be used is not known'],
};

const rates = {
  write: { unitsPerSecond: 5, adaptive: true },
  read: { unitsPerSecond: 12, adaptive: true },
};

it('reports each table with its figures, how long its restore took, and how long its plan after all restores', async () => {
  const described = tableDescription('orders', { StreamSpecification: { StreamEnabled: true } });
  ledger.mock.on(DescribeTableCommand).rejects(awsError('ResourceNotFoundException'));
  ledger.mock.on(DescribeTableCommand, { TableName: 'orders' }).resolves({ Table: described });
  const report = await reportDrillHandler(
    {
      drillId: 'drill-1',
      restorePoint: '2026-11-22T11:00:00Z',
      startedAt: '2026-11-22T12:00:00+01:00',
      restores: [
        { name: 'orders', at: '2026-11-22T11:10:00.000Z' },
        { name: 'clients', at: '2026-11-22T11:20:00.500Z' },
      ],
      plans: [
        { name: 'orders', counts, rates, at: '2026-11-22T11:21:00.500Z' },
        // Deleted meanwhile: nothing is known of it but what was counted.
        { name: 'clients', counts, rates, at: '2026-11-22T11:20:30.500Z' },
      ],
      warnings: [],
    },
    taskEnvironment(ledger),
  );
  expect(report).toMatchObject({
    drillId: 'drill-1',
    startedAt: '2026-11-22T11:00:00.000Z',
    finishedAt: NOW,
    tables: [
      {
        name: 'orders',
        counts,
        estimate: { streamRecords: 5, readSeconds: 2, writeSeconds: 1 },
        restoreSeconds: 600,
        planSeconds: 60,
      },
      { name: 'clients', counts, estimate: { streamRecords: 0 }, restoreSeconds: 1200.5, planSeconds: 30 },
    ],
  });
  expect(report.warnings).toEqual([]);
  const kept = await ledger.record('incident#drill-1', 'report');
  expect(JSON.parse(kept?.report?.S ?? '')).toEqual(report);
});

describe('the bucket for reports', () => {
  const plans = [{ name: 'orders', counts, rates, at: '2026-11-22T11:11:00.000Z' }];
  const system = { reportBucket: { name: 'reports', prefix: 'shop' } };
  const someBucket = () => {
    const s3 = new S3Client({ region: 'us-east-1' });
    return { s3, mock: mockClient(s3) };
  };
  beforeEach(() => {
    ledger.mock.on(DescribeTableCommand).rejects(awsError('ResourceNotFoundException'));
  });

  it('gets the report as JSON, in a folder of the drill', async () => {
    const { s3, mock } = someBucket();
    mock.on(PutObjectCommand).resolves({});
    const report = await reportDrillHandler(
      { ...quickDrill, plans },
      taskEnvironment(ledger, { s3, system }),
    );
    expect(report.warnings).toEqual(quickDrill.warnings);
    const inputs = mock.commandCalls(PutObjectCommand).map(({ args }) => args[0].input);
    expect(inputs).toMatchObject([
      { Bucket: 'reports', Key: 'shop/drill-1/report.json', ContentType: 'application/json' },
    ]);
    expect(inputs[0]?.Body).toBe(`${JSON.stringify(report, null, 2)}\n`);
  });

  it('that takes nothing is told of, and fails nothing', async () => {
    const { s3, mock } = someBucket();
    mock.on(PutObjectCommand).rejects(awsError('NoSuchBucket'));
    const report = await reportDrillHandler(
      { ...quickDrill, plans },
      taskEnvironment(ledger, { s3, system }),
    );
    expect(report.warnings).toEqual([
      ...quickDrill.warnings,
      'The report could not be put to s3://reports/shop/drill-1 (NoSuchBucket); the ledger has it.',
    ]);
    const kept = await ledger.record('incident#drill-1', 'report');
    expect(JSON.parse(kept?.report?.S ?? '')).toEqual(report);
  });
});
