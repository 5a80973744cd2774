import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { awsError } from './lambda-application.ts';
import type { LedgerTable } from './ledger-table.ts';
import { tableDescription } from './table-description.ts';

/** Has DynamoDB describe these tables as ordinary ones, and know no others. */
export function describeOnly({ mock }: LedgerTable, names: readonly string[]): void {
  mock.on(DescribeTableCommand).rejects(awsError('ResourceNotFoundException'));
  for (const name of names)
    mock.on(DescribeTableCommand, { TableName: name }).resolves({ Table: tableDescription(name) });
}
