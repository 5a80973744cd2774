import * as z from 'zod';
import { checkTaggableArn } from '../arn.ts';
import type { Tags } from '../catalog/state-machine.ts';
import { operation } from '../operation.ts';
import * as part from '../request-parts.ts';
import type { Service } from '../service.ts';
import { ServiceError } from '../service-error.ts';

/** Tags that a resource may have. Source: API reference, TagResource. */
const mostTags = 50;

type TagList = readonly { readonly key: string; readonly value: string }[];

/** @throws ServiceError TooManyTags */
export function taggedWith(tags: Tags, more: TagList, resourceName: string): Tags {
  const all = { ...tags, ...Object.fromEntries(more.map(({ key, value }) => [key, value])) };
  if (Object.keys(all).length > mostTags)
    throw new ServiceError('TooManyTags', `A resource has at most ${mostTags} tags: '${resourceName}'`, {
      resourceName,
    });
  return all;
}

export const TagResource = operation(
  z.strictObject({ resourceArn: part.arn, tags: part.tags.unwrap() }),
  ({ resourceArn, tags }, service) =>
    retag(resourceArn, service, (known) => taggedWith(known, tags, resourceArn)),
);

export const UntagResource = operation(
  z.strictObject({ resourceArn: part.arn, tagKeys: z.array(z.string().min(1).max(128)) }),
  ({ resourceArn, tagKeys }, service) =>
    retag(resourceArn, service, (known) =>
      Object.fromEntries(Object.entries(known).filter(([key]) => !tagKeys.includes(key))),
    ),
);

export const ListTagsForResource = operation(
  z.strictObject({ resourceArn: part.arn }),
  ({ resourceArn }, service) => {
    const { tags } = taggable(resourceArn, service);
    return { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
  },
);

function retag(arn: string, service: Service, change: (tags: Tags) => Tags): object {
  taggable(arn, service);
  const { catalog } = service;
  const [machine, activity] = [catalog.machine(arn), catalog.activity(arn)];
  if (machine !== undefined) catalog.putMachine({ ...machine, tags: change(machine.tags) });
  if (activity !== undefined) catalog.putActivity({ ...activity, tags: change(activity.tags) });
  return part.nothing;
}

/** @throws ServiceError InvalidArn, ResourceNotFound */
function taggable(arn: string, { catalog }: Service): { readonly tags: Tags } {
  checkTaggableArn(arn);
  const found = catalog.machine(arn) ?? catalog.activity(arn);
  if (found !== undefined) return found;
  throw new ServiceError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
}
