import { z } from 'zod';
import type { DynamoDbContext, Operations } from './context.ts';
import { readInput, tableReference } from './input.ts';

const tagInput = z.object({
  ResourceArn: tableReference,
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
});
const untagInput = z.object({ ResourceArn: tableReference, TagKeys: z.array(z.string()) });
const listInput = z.object({ ResourceArn: tableReference });

/** The tags of tables. ListTagsOfResource answers all of them in one page. */
export function tagOperations({ catalog }: DynamoDbContext): Operations {
  return {
    TagResource(input) {
      const { ResourceArn, Tags } = readInput(tagInput, input);
      const { tags } = catalog.known(ResourceArn);
      for (const { Key, Value } of Tags) tags.set(Key, Value);
      return {};
    },

    UntagResource(input) {
      const { ResourceArn, TagKeys } = readInput(untagInput, input);
      const { tags } = catalog.known(ResourceArn);
      for (const key of TagKeys) tags.delete(key);
      return {};
    },

    ListTagsOfResource(input) {
      const { tags } = catalog.known(readInput(listInput, input).ResourceArn);
      return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
    },
  };
}
