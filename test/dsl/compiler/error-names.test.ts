import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { dynamodbItems } from '../../../src/dsl/authoring/integrations/dynamodb-items.ts';
import { integration } from '../../../src/dsl/authoring/integrations/integration.ts';
import { sns } from '../../../src/dsl/authoring/integrations/sns.ts';
import { errorNameFaults } from '../../../src/dsl/compiler/check-error-names.ts';
import { dynamodb } from '../../support/aws-services.ts';
import { number } from '../../support/compiled-workflow.ts';

const describeTable = dynamodb.describeTable({ TableName: 't' }).node;
const faultsOf = (call: typeof describeTable, ...errors: string[]) =>
  errorNameFaults(call, errors, 'Flow › step');

describe('an error name that a retry or a recovery lists', () => {
  it('may be any that the service’s model has, its general one, a client’s, and Step Functions’ own', () => {
    const names = [
      'DynamoDb.ResourceNotFoundException',
      'DynamoDb.InternalServerErrorException',
      'DynamoDb.DynamoDbException',
      'DynamoDb.SdkClientException',
      'States.ALL',
      'States.Timeout',
    ];
    expect(faultsOf(describeTable, ...names)).toEqual([]);
  });

  it.each([
    ['DynamoDb.ResourceNotFound', "write 'DynamoDb.ResourceNotFoundException'"],
    ['DynamoDB.ResourceNotFoundException', "write 'DynamoDb.ResourceNotFoundException'"],
    ['ResourceNotFoundException', "write 'DynamoDb.ResourceNotFoundException'"],
    ['DynamoDb.InternalServerError', "write 'DynamoDb.InternalServerErrorException'"],
    ['DynamoDb.ValidationException', "an error that its model lacks comes as 'DynamoDb.DynamoDbException'"],
    ['Busy', "an error that its model lacks comes as 'DynamoDb.DynamoDbException'"],
  ])('refuses %s of an SDK call, which would never match', (name, remedy) => {
    expect(faultsOf(describeTable, name)).toEqual([
      `Flow › step: dynamodb:describeTable never fails with '${name}'; ${remedy}`,
    ]);
  });

  it('may be anybody’s where whoever answers a task token chooses it, but not a misspelled one of the service', () => {
    const waiting = { ...describeTable, waitsFor: 'token' } as const;
    expect(faultsOf(waiting, 'Rejected', 'DynamoDb.ResourceNotFoundException')).toEqual([]);
    expect(faultsOf(waiting, 'DynamoDB.ResourceNotFoundException')).toHaveLength(1);
  });

  it('begins with the prefix of an optimised integration', () => {
    const publish = sns.publish({ TopicArn: 't', Message: 'm' }).node;
    expect(faultsOf(publish, 'SNS.InvalidParameterException')).toEqual([]);
    expect(faultsOf(publish, 'Sns.InvalidParameterException')).toEqual([
      "Flow › step: sns:publish never fails with 'Sns.InvalidParameterException'; its errors begin with 'SNS.'",
    ]);
    const getItem = dynamodbItems.getItem({ TableName: 't', Key: {} }).node;
    expect(faultsOf(getItem, 'DynamoDb.ResourceNotFoundException')).toHaveLength(1);
  });

  it('is not looked at where nobody knows the names', () => {
    const job = integration('glue:startJobRun.sync', {
      arguments: {},
      result: z.object({}),
      timeout: '1 hour',
      permissions: [],
    });
    expect(faultsOf(job.node, 'Glue.Whatever')).toEqual([]);
    expect(faultsOf(number('One')({ n: 1 }).node, 'Whatever')).toEqual([]);
  });
});
