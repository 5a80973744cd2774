import { awsError } from '../support/lambda-application.ts';
import { tableArn } from '../support/table-description.ts';
import type { TablePolicyStore } from '../support/table-policies.ts';

interface Call {
  readonly operation: string;
  readonly input: Record<string, unknown>;
  /** ARN of the role that makes it. */
  readonly role: string;
}

/** The tables that a call names. */
export const tablesOf = ({ TableName, RequestItems }: Record<string, unknown>): string[] =>
  typeof TableName === 'string' ? [TableName] : Object.keys(RequestItems ?? {});

/** @throws AccessDeniedException when the policy of a table does not let the caller make the call, as DynamoDB does. */
export function heedPolicies(policies: TablePolicyStore, { operation, input, role }: Call): void {
  for (const table of tablesOf(input))
    if (!policies.allows(tableArn(table), role, `dynamodb:${operation}`))
      throw awsError(
        'AccessDeniedException',
        `${role} is not authorized to perform ${operation} on ${table}`,
      );
}
