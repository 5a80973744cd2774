import { tableNameOf } from '../arn.ts';
import { AwsError } from '../aws-error.ts';
import type { Fields } from '../json-rpc.ts';
import type { DynamoDbContext, Operation, Operations } from './context.ts';
import { checkPolicies } from './resource-policies.ts';
import type { WireItem } from './wire-item.ts';

const PASSED_ON = [
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'DescribeTimeToLive',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
] as const;

/** The operations on items, and those that the engine answers as it is. */
export function itemOperations(context: DynamoDbContext): Operations {
  const { engine } = context;

  function passedOn(operation: string): Operation {
    return async (input, caller) => {
      checkPolicies(context, { operation, input, caller });
      const { TableName: table } = input;
      const named = typeof table === 'string' ? { ...input, TableName: tableNameOf(table) } : input;
      try {
        return await engine.call(operation, named);
      } catch (error) {
        throw await withOldItem(error, named);
      }
    };
  }

  /** A failed condition, with the item that failed it where the caller asks for it: the engine never tells. */
  async function withOldItem(error: unknown, input: Fields): Promise<unknown> {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') return error;
    if (input['ReturnValuesOnConditionCheckFailure'] !== 'ALL_OLD') return error;
    const name = input['TableName'] as string;
    const record = await engine.table(name);
    const named = (input['Key'] ?? input['Item']) as WireItem;
    const key = Object.fromEntries(
      (record?.KeySchema ?? []).map(({ AttributeName }) => [AttributeName, named[AttributeName]]),
    );
    const { Item } = await engine.call('GetItem', { TableName: name, Key: key, ConsistentRead: true });
    return new AwsError(error.code, error.message, { fields: Item === undefined ? {} : { Item } });
  }

  return Object.fromEntries(PASSED_ON.map((operation) => [operation, passedOn(operation)]));
}
