import * as z from 'zod';
import { AwsError, unknownOperation } from '../aws-error.ts';
import type { Fields, JsonRpcService } from '../json-rpc.ts';
import type { FunctionRegistry } from '../lambda/function-registry.ts';

/** The resources of one kind with one tag, as a recovery asks for them. */
const Asked = z.object({
  ResourceTypeFilters: z.tuple([z.literal('lambda:function')]),
  TagFilters: z.tuple([z.object({ Key: z.string(), Values: z.array(z.string()).max(20) })]),
  ResourcesPerPage: z.int().min(1).max(100),
  PaginationToken: z.string().default('0'),
});

/** The Resource Groups Tagging API: which functions have a tag. It tells at once, where AWS lags behind. */
export class Tagging implements JsonRpcService {
  readonly name = 'ResourceGroupsTagging';
  readonly errorPrefix = '';
  readonly #registry: FunctionRegistry;

  constructor(registry: FunctionRegistry) {
    this.#registry = registry;
  }

  async call(operation: string, input: Fields): Promise<Fields> {
    if (operation !== 'GetResources') throw unknownOperation(`${this.name}.${operation}`);
    const asked = Asked.safeParse(input);
    if (!asked.success)
      throw new AwsError('InvalidParameterException', 'the embedded AWS finds functions by one tag only');
    const { TagFilters, ResourcesPerPage, PaginationToken } = asked.data;
    const [{ Key, Values }] = TagFilters;
    const found = this.#registry.functions().filter(({ tags }) => Values.includes(tags.get(Key) ?? ''));
    const end = Number(PaginationToken) + ResourcesPerPage;
    return {
      // AWS gives an empty token with the last page.
      PaginationToken: end < found.length ? String(end) : '',
      ResourceTagMappingList: found.slice(Number(PaginationToken), end).map(({ arn, tags }) => ({
        ResourceARN: arn,
        Tags: [...tags].map(([tag, value]) => ({ Key: tag, Value: value })),
      })),
    };
  }
}
