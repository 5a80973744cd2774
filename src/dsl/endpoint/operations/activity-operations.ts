import * as z from 'zod';
import { checkActivityArn, checkName } from '../arn.ts';
import type { ActivityRecord } from '../catalog/catalog.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../paging.ts';
import * as part from '../request-parts.ts';
import type { Service } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { encrypted } from './configuration.ts';
import { taggedWith } from './tags.ts';

/** Milliseconds of real time that a worker waits for a task. Source: API reference, GetActivityTask. */
const longestPoll = 60_000;

/** One that is there already is answered with; its tags stay. Source: API reference, CreateActivity. */
export const CreateActivity = operation(
  z.strictObject({
    name: part.name,
    tags: part.tags,
    encryptionConfiguration: part.encryptionConfiguration,
  }),
  ({ name, tags = [], encryptionConfiguration }, service) => {
    checkName(name);
    const { account, region } = service.options;
    const arn = `arn:aws:states:${region}:${account}:activity:${name}`;
    const encryption = encrypted(encryptionConfiguration) ?? { type: 'AWS_OWNED_KEY' };
    const known = service.catalog.activity(arn);
    if (known !== undefined && JSON.stringify(known.encryptionConfiguration) !== JSON.stringify(encryption))
      throw new ServiceError('ActivityAlreadyExists', `Activity Already Exists: '${arn}'`);
    const activity = known ?? {
      arn,
      name,
      creationDate: service.now(),
      encryptionConfiguration: encryption,
      tags: taggedWith({}, tags, arn),
    };
    if (known === undefined) service.catalog.putActivity(activity);
    return { activityArn: arn, creationDate: new Date(activity.creationDate) };
  },
);

export const DescribeActivity = operation(
  z.strictObject({ activityArn: part.arn }),
  ({ activityArn }, service) => {
    const { name, creationDate, encryptionConfiguration } = findActivity(activityArn, service);
    return { activityArn, name, creationDate: new Date(creationDate), encryptionConfiguration };
  },
);

export const ListActivities = operation(z.strictObject(part.paging), (paging, service) => {
  const { page, ...more } = pageOf(service.catalog.activities, paging, 'activities');
  return {
    activities: page.map(({ arn, name, creationDate }) => ({
      activityArn: arn,
      name,
      creationDate: new Date(creationDate),
    })),
    ...more,
  };
});

export const DeleteActivity = operation(
  z.strictObject({ activityArn: part.arn }),
  ({ activityArn }, service) => {
    checkActivityArn(activityArn);
    const activity = service.catalog.activity(activityArn);
    if (activity !== undefined) service.catalog.removeActivity(activity);
    return part.nothing;
  },
);

/** Without a task for a minute it answers with nothing. */
export const GetActivityTask = operation(
  z.strictObject({ activityArn: part.arn, workerName: part.name.optional() }),
  async ({ activityArn, workerName }, service, { signal }) => {
    findActivity(activityArn, service);
    const polling = { milliseconds: longestPoll, signal };
    return (await service.activityTasks.take(activityArn, workerName, polling)) ?? part.nothing;
  },
);

/** @throws ServiceError InvalidArn, ActivityDoesNotExist */
function findActivity(arn: string, service: Service): ActivityRecord {
  checkActivityArn(arn);
  const activity = service.catalog.activity(arn);
  if (activity !== undefined) return activity;
  throw new ServiceError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
}
