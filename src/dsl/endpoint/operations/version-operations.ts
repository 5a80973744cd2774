import * as z from 'zod';
import { stateMachineReference } from '../arn.ts';
import { type StateMachineRecord, type Version, versionArn } from '../catalog/state-machine.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../paging.ts';
import * as part from '../request-parts.ts';
import type { Service } from '../service.ts';
import { invalid, ServiceError } from '../service-error.ts';
import { findMachine } from './state-machine.ts';

/** Versions that a machine may have. Source: "Step Functions service quotas". */
const mostVersions = 1000;

/** Makes the current revision a version. The newest version is taken when it is of that revision already. */
export function publish(
  machine: StateMachineRecord,
  service: Service,
  description: string | undefined,
): { readonly machine: StateMachineRecord; readonly version: Version } {
  const newest = machine.versions.at(-1);
  if (newest?.revision.key === machine.current.key) return { machine, version: newest };
  if (machine.versions.length >= mostVersions)
    throw new ServiceError(
      'ServiceQuotaExceededException',
      `A state machine has at most ${mostVersions} versions; delete some of '${machine.arn}'.`,
    );
  const version: Version = {
    number: machine.nextVersion,
    creationDate: service.now(),
    ...(description === undefined ? {} : { description }),
    revision: machine.current,
  };
  const versions = [...machine.versions, version];
  const published = { ...machine, versions, nextVersion: machine.nextVersion + 1 };
  service.catalog.putMachine(published);
  return { machine: published, version };
}

export const PublishStateMachineVersion = operation(
  z.strictObject({
    stateMachineArn: part.arn,
    revisionId: z.string().optional(),
    description: part.description,
  }),
  ({ stateMachineArn, revisionId, description }, service) => {
    const machine = findMachine(stateMachineArn, service);
    const { revisionId: current = 'INITIAL' } = machine.current;
    if (revisionId !== undefined && revisionId !== current)
      throw new ServiceError(
        'ConflictException',
        `Failed to publish the State Machine version for revision ${revisionId}. ` +
          `The current State Machine revision is ${current}.`,
      );
    const { version } = publish(machine, service, description);
    return {
      creationDate: new Date(version.creationDate),
      stateMachineVersionArn: versionArn(machine.arn, version),
    };
  },
);

/** The newest first. */
export const ListStateMachineVersions = operation(
  z.strictObject({ stateMachineArn: part.arn, ...part.paging }),
  ({ stateMachineArn, ...paging }, service) => {
    const { arn, versions } = findMachine(stateMachineArn, service);
    const { page, ...more } = pageOf([...versions].reverse(), paging, `versions of ${arn}`);
    return {
      stateMachineVersions: page.map((version) => ({
        stateMachineVersionArn: versionArn(arn, version),
        creationDate: new Date(version.creationDate),
      })),
      ...more,
    };
  },
);

export const DeleteStateMachineVersion = operation(
  z.strictObject({ stateMachineVersionArn: part.longArn }),
  ({ stateMachineVersionArn }, service) => {
    const { arn, qualifier } = stateMachineReference(stateMachineVersionArn);
    if (qualifier === undefined || !/^\d+$/.test(qualifier))
      throw invalid(`It is not the ARN of a state machine version: '${stateMachineVersionArn}'`);
    const machine = service.catalog.machine(arn);
    if (machine === undefined) return part.nothing;
    const referring = machine.aliases.filter(({ routing }) =>
      routing.some((one) => one.stateMachineVersionArn === stateMachineVersionArn),
    );
    if (referring.length > 0)
      throw new ServiceError(
        'ConflictException',
        'Version to be deleted must not be referenced by an alias. ' +
          `Current list of aliases referencing this version: [${referring.map(({ name }) => name).join(', ')}]`,
      );
    const versions = machine.versions.filter(
      (version) => versionArn(arn, version) !== stateMachineVersionArn,
    );
    service.catalog.putMachine({ ...machine, versions });
    return part.nothing;
  },
);
