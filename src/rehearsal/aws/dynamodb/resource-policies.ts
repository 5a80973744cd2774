import { z } from 'zod';
import { tableArn } from '../arn.ts';
import { AwsError } from '../aws-error.ts';
import type { Fields } from '../json-rpc.ts';
import type { DynamoDbContext, Operations } from './context.ts';
import { readInput, tableReference } from './input.ts';

const readAsked = z.object({ ResourceArn: tableReference });
const removeAsked = readAsked.extend({ ExpectedRevisionId: z.string().optional() });
const putAsked = removeAsked.extend({ Policy: z.string() });

/** GetResourcePolicy, PutResourcePolicy and DeleteResourcePolicy, of tables. */
export function resourcePolicyOperations({ catalog, policies }: DynamoDbContext): Operations {
  const arnOf = (table: string) => tableArn(catalog.known(table).name);
  return {
    GetResourcePolicy(input) {
      return policies.read(arnOf(readInput(readAsked, input).ResourceArn));
    },

    PutResourcePolicy(input) {
      const { ResourceArn, Policy, ExpectedRevisionId } = readInput(putAsked, input);
      return policies.change(arnOf(ResourceArn), Policy, ExpectedRevisionId);
    },

    DeleteResourcePolicy(input) {
      const { ResourceArn, ExpectedRevisionId } = readInput(removeAsked, input);
      return policies.change(arnOf(ResourceArn), undefined, ExpectedRevisionId);
    },
  };
}

/**
 * Refuses a call on items that a policy of its tables does not let the caller make. With an index, the policy of the
 * table decides.
 * @throws AwsError AccessDeniedException
 */
export function checkPolicies(
  { policies }: DynamoDbContext,
  { operation, input, caller }: { operation: string; input: Fields; caller: string },
): void {
  const { TableName, RequestItems = {} } = input;
  const action = `dynamodb:${operation}`;
  for (const table of [TableName, ...Object.keys(RequestItems as Fields)]) {
    if (typeof table !== 'string') continue;
    const arn = tableArn(table);
    if (policies.allows(arn, caller, action)) continue;
    // As the IAM guide has it, "Troubleshoot access denied error messages".
    throw new AwsError(
      'AccessDeniedException',
      `User: ${caller} is not authorized to perform: ${action} on resource: ${arn} with an explicit deny in a resource-based policy`,
    );
  }
}
