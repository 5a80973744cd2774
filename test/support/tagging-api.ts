import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
  type GetResourcesCommandInput,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { mockClient } from 'aws-sdk-client-mock';
import { functionArn, type ApplicationFunction } from './lambda-application.ts';
import type { CommandMock } from './quick-client.ts';

const PAGE = 2;

/** The Resource Groups Tagging API over these functions, in pages of two; tests change their tags at will. */
export function taggingApi(functions: ReadonlyMap<string, ApplicationFunction> = new Map()) {
  const client = new ResourceGroupsTaggingAPIClient({ region: 'us-east-1' });
  const mock = mockClient(client);
  mock.rejects(new Error('an unexpected call of the tagging API'));
  serveTags(mock, functions);
  return { client, mock };
}

/** Has a mocked client answer for the tags of these functions. */
export function serveTags(mock: CommandMock, functions: ReadonlyMap<string, ApplicationFunction>): void {
  mock.on(GetResourcesCommand).callsFake((asked: GetResourcesCommandInput) => {
    if (asked.ResourceTypeFilters?.join() !== 'lambda:function') throw new Error('not only functions');
    const filters = asked.TagFilters ?? [];
    if (filters.length === 0 || filters.some(({ Values = [] }) => Values.length > 20))
      throw new Error('no filter, or one with too many values');
    const found = [...functions].filter(([, { tags = {} }]) =>
      filters.every(({ Key = '', Values = [] }) => Values.includes(tags[Key] ?? '')),
    );
    const start = Number(asked.PaginationToken ?? 0);
    const end = start + PAGE;
    return {
      PaginationToken: end < found.length ? String(end) : '',
      ResourceTagMappingList: found.slice(start, end).map(([name, { tags = {} }]) => ({
        ResourceARN: functionArn(name),
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })),
    };
  });
}
