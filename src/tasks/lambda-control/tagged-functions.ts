import { GetResourcesCommand, type ResourceTagMapping } from '@aws-sdk/client-resource-groups-tagging-api';
import { errorName } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import { answerBy } from '../pacing/answer-by.ts';
import { seededJitter } from '../pacing/seeded-jitter.ts';
import { withBackoff } from '../pacing/with-backoff.ts';
import { scopeTags, type ScopeTag, valuesByKey } from './scope-tags.ts';

/** The most values of one key that a call takes, and the most resources that it gives (API_GetResources). */
const VALUES = 20;
const PAGE = 100;

/** A function with a tag of the scope; it may no longer exist. */
export interface TaggedFunction {
  readonly arn: string;
  readonly tags: readonly ScopeTag[];
}

/** Why it cannot be told who is in scope, in words. */
export class ScopeUnseen extends Error {}

/**
 * The functions that have a tag of the scope, stacks included; no call when the scope has no tags. AWS tells of a new
 * or changed tag only after a while: later sweeps find it.
 * @throws ScopeUnseen: a scope is never taken for smaller than it is.
 */
export async function taggedFunctions(environment: Environment<'tagging'>): Promise<TaggedFunction[]> {
  const found: TaggedFunction[] = [];
  for (const [key, values] of valuesByKey(scopeTags(environment.system.functions)))
    for (let first = 0; first < values.length; first += VALUES)
      found.push(...(await functionsWith(key, values.slice(first, first + VALUES), environment)));
  return found;
}

async function functionsWith(
  Key: string,
  Values: string[],
  environment: Environment<'tagging'>,
): Promise<TaggedFunction[]> {
  const { tagging, clock } = environment;
  const rules = {
    retry: ['ThrottledException', 'InternalServiceException'],
    clock,
    random: seededJitter(`tags#${clock.now()}`),
    deadline: answerBy(environment),
  };
  const found: TaggedFunction[] = [];
  let PaginationToken: string | undefined;
  do {
    const asked = new GetResourcesCommand({
      ResourceTypeFilters: ['lambda:function'],
      TagFilters: [{ Key, Values }],
      ResourcesPerPage: PAGE,
      PaginationToken,
    });
    const page = await withBackoff(() => tagging.send(asked), rules).catch((error: unknown) => {
      throw new ScopeUnseen(
        `functions: which of them have the tag ${Key} of the scope cannot be seen (tag:GetResources ` +
          `${errorName(error)}); if access is denied, deploy the recovery system again, else try again`,
        { cause: error },
      );
    });
    found.push(...(page.ResourceTagMappingList ?? []).map(taggedFunction));
    PaginationToken = page.PaginationToken;
  } while (PaginationToken);
  return found;
}

function taggedFunction({ ResourceARN = '', Tags = [] }: ResourceTagMapping): TaggedFunction {
  return { arn: ResourceARN, tags: Tags.map(({ Key: key = '', Value: value = '' }) => ({ key, value })) };
}
