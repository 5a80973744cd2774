import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  DescribeTableCommand,
  GetResourcePolicyCommand,
  ListTablesCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, expect } from 'vitest';
import { preflightHandler } from '../../../src/tasks/preflight/handler.ts';
import { restoredName } from '../../../src/tasks/preflight/restored-name.ts';
import { describeOnly } from '../../support/described-tables.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError } from '../../support/lambda-application.ts';
import { restoreWindow } from '../../support/restore-window.ts';
import { tableDescription } from '../../support/table-description.ts';
import { executionArn, taskEnvironment } from '../../support/task-environment.ts';

export const RESTORE_POINT = '2026-11-22T03:14:07Z';
export const request = {
  incidentId: 'bad-import',
  restorePoint: RESTORE_POINT,
  tables: [
    { name: 'orders', confirm: 'orders' },
    { name: 'clients', confirm: 'clients' },
  ],
  executionArn: executionArn('first'),
  faults: [] as string[],
  warnings: [] as string[],
};
export const restoredNameOf = (table: string) =>
  restoredName({ table, incidentId: 'bad-import', restorePoint: RESTORE_POINT });
export const RESTORED_ORDERS = restoredNameOf('orders');

/** Two tables that can be restored, as the tests of a file begin with them each time. */
export function preflightedTables() {
  const ledger = freshLedger();
  beforeEach(() => {
    describeOnly(ledger, ['orders', 'clients']);
    for (const name of ['orders', 'clients']) window(name, '2026-10-20T00:00:00Z', '2026-11-22T11:55:00Z');
    ledger.mock.on(ListTablesCommand).resolves({ TableNames: ['orders', 'clients'] });
    ledger.mock
      .on(DescribeTimeToLiveCommand)
      .resolves({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } });
    ledger.mock.on(GetResourcePolicyCommand).rejects(awsError('PolicyNotFoundException'));
  });

  function describes(name: string, different?: TableDescription) {
    ledger.mock
      .on(DescribeTableCommand, { TableName: name })
      .resolves({ Table: tableDescription(name, different) });
  }

  function window(name: string, earliest: string, latest: string) {
    ledger.mock
      .on(DescribeContinuousBackupsCommand, { TableName: name })
      .resolves(restoreWindow(earliest, latest));
  }

  const environmentOf = (given: Parameters<typeof taskEnvironment>[1] = {}) => taskEnvironment(ledger, given);

  /** The message of the refusal that this request, or these circumstances, must meet. */
  async function refusal(
    different: Partial<typeof request> = {},
    environment = environmentOf(),
  ): Promise<string> {
    const error = await preflightHandler({ ...request, ...different }, environment).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ name: 'PreflightRefused' });
    return error?.message ?? '';
  }

  return {
    ledger,
    describes,
    window,
    environmentOf,
    refusal,
  };
}
