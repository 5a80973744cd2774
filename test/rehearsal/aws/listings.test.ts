import { DescribeKinesisStreamingDestinationCommand } from '@aws-sdk/client-dynamodb';
import { TagResourceCommand } from '@aws-sdk/client-lambda';
import {
  GetResourcesCommand,
  GetTagKeysCommand,
  type GetResourcesCommandInput,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { expect, test } from 'vitest';
import { recoverableTable, refusalOf, rehearsedAccount } from './rehearsed-account.ts';

const asked = (Values: string[], more: Partial<GetResourcesCommandInput> = {}) =>
  new GetResourcesCommand({
    ResourceTypeFilters: ['lambda:function'],
    TagFilters: [{ Key: 'app', Values }],
    ResourcesPerPage: 100,
    ...more,
  });

test('finds the functions that have a tag, page by page', async () => {
  const { aws, tagging, lambda } = await rehearsedAccount();
  for (const name of ['a', 'b', 'c', 'd']) aws.functions.addFunction({ name, timeoutSeconds: 3 });
  aws.functions.addFunction({ name: 'tagged', timeoutSeconds: 3, tags: { app: 'shop', team: 'red' } });
  const { arn } = aws.functions.function('b');
  await lambda.send(new TagResourceCommand({ Resource: arn, Tags: { app: 'admin' } }));

  const { ResourceTagMappingList: found, PaginationToken } = await tagging.send(asked(['shop', 'admin']));
  expect(PaginationToken).toBe('');
  expect(found).toEqual([
    { ResourceARN: arn, Tags: [{ Key: 'app', Value: 'admin' }] },
    {
      ResourceARN: aws.functions.function('tagged').arn,
      Tags: [
        { Key: 'app', Value: 'shop' },
        { Key: 'team', Value: 'red' },
      ],
    },
  ]);
  const first = await tagging.send(asked(['shop', 'admin'], { ResourcesPerPage: 1 }));
  const rest = await tagging.send(
    asked(['shop', 'admin'], { ResourcesPerPage: 1, PaginationToken: first.PaginationToken }),
  );
  expect([first, rest].flatMap((page) => page.ResourceTagMappingList)).toEqual(found);
  expect((await tagging.send(asked(['Shop']))).ResourceTagMappingList).toEqual([]);
});

test('refuses what it cannot find by, and any other operation of the tagging API', async () => {
  const { tagging } = await rehearsedAccount();
  const { name } = await refusalOf(tagging.send(asked(['shop'], { ResourceTypeFilters: ['dynamodb'] })));
  expect(name).toBe('InvalidParameterException');
  const { message } = await refusalOf(tagging.send(new GetTagKeysCommand({})));
  expect(message).toContain('ResourceGroupsTagging.GetTagKeys');
});

test('lists no Kinesis streams, since it has none', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  const kinesis = new DescribeKinesisStreamingDestinationCommand({ TableName: 'orders' });
  expect(await account.dynamodb.send(kinesis)).toMatchObject({
    TableName: 'orders',
    KinesisDataStreamDestinations: [],
  });
});
