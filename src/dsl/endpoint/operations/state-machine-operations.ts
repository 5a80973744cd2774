import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { checkName, checkRoleArn, stateMachineReference } from '../arn.ts';
import { type StateMachineRecord, versionArn } from '../catalog/state-machine.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../paging.ts';
import * as part from '../request-parts.ts';
import type { Service } from '../service.ts';
import { invalid, ServiceError } from '../service-error.ts';
import { configured } from './configuration.ts';
import { noMachine } from './start-execution.ts';
import { checkDefinition, describeRevision, findMachine } from './state-machine.ts';
import { taggedWith } from './tags.ts';
import { publish } from './version-operations.ts';

const configuration = {
  loggingConfiguration: part.loggingConfiguration,
  tracingConfiguration: part.tracingConfiguration,
  encryptionConfiguration: part.encryptionConfiguration,
  publish: z.boolean().optional(),
  versionDescription: part.description,
};

export const CreateStateMachine = operation(
  z.strictObject({
    name: part.name,
    definition: part.definition,
    roleArn: part.arn,
    type: part.machineType,
    tags: part.tags,
    ...configuration,
  }),
  ({ name, definition, roleArn, type = 'STANDARD', tags, versionDescription, ...request }, service) => {
    checkName(name);
    checkRoleArn(roleArn);
    checkVersionDescription(versionDescription, request.publish);
    const settings = configured(request);
    const { account, region } = service.options;
    const arn = `arn:aws:states:${region}:${account}:stateMachine:${name}`;
    const known = service.catalog.machine(arn);
    if (known !== undefined) {
      const given = { definition, type, ...settings };
      const { current } = known;
      // Another role or other tags are ignored. Source: API reference, CreateStateMachine.
      if (
        !sameMembers({ ...current, type: known.type }, given) ||
        (request.publish && !isPublished(known, versionDescription))
      )
        throw new ServiceError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      return created(known, request.publish);
    }
    checkDefinition(definition, type);
    const creationDate = service.now();
    const current = {
      key: randomUUID(),
      machineName: name,
      type,
      definition,
      roleArn,
      ...settings,
      updateDate: creationDate,
    };
    const machine: StateMachineRecord = {
      arn,
      name,
      type,
      creationDate,
      current,
      versions: [],
      nextVersion: 1,
      aliases: [],
      tags: taggedWith({}, tags ?? [], arn),
    };
    service.catalog.putMachine(machine);
    return created(
      request.publish ? publish(machine, service, versionDescription).machine : machine,
      request.publish,
    );
  },
);

/** Whether the newest version is what a request to publish would make. */
function isPublished({ versions, current }: StateMachineRecord, description: string | undefined): boolean {
  const newest = versions.at(-1);
  return newest?.revision.key === current.key && newest.description === description;
}

function created(machine: StateMachineRecord, published = false): object {
  const version = machine.versions.at(-1);
  return {
    stateMachineArn: machine.arn,
    creationDate: new Date(machine.creationDate),
    ...(published && version !== undefined
      ? { stateMachineVersionArn: versionArn(machine.arn, version) }
      : {}),
  };
}

export const UpdateStateMachine = operation(
  z.strictObject({
    stateMachineArn: part.arn,
    definition: part.definition.optional(),
    roleArn: part.arn.optional(),
    ...configuration,
  }),
  ({ stateMachineArn, publish: published, versionDescription, ...request }, service) => {
    checkVersionDescription(versionDescription, published);
    const machine = findMachine(stateMachineArn, service);
    if (Object.values(request).every((value) => value === undefined))
      throw new ServiceError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    const { current } = machine;
    const { definition = current.definition, roleArn = current.roleArn } = request;
    checkRoleArn(roleArn);
    if (request.definition !== undefined) checkDefinition(definition, machine.type);
    const updateDate = service.now();
    const wanted = { ...current, definition, roleArn, ...configured(request, current) };
    const updated = sameMembers(current, wanted)
      ? machine
      : { ...machine, current: { ...wanted, key: randomUUID(), revisionId: randomUUID(), updateDate } };
    service.catalog.putMachine(updated);
    const version = published ? publish(updated, service, versionDescription).version : undefined;
    const { revisionId } = updated.current;
    return {
      updateDate: new Date(updateDate),
      ...(revisionId === undefined ? {} : { revisionId }),
      ...(version === undefined ? {} : { stateMachineVersionArn: versionArn(machine.arn, version) }),
    };
  },
);

export const DescribeStateMachine = operation(
  z.strictObject({ stateMachineArn: part.arn, includedData: part.includedData }),
  ({ stateMachineArn, includedData }, service) => {
    const { arn, qualifier } = stateMachineReference(stateMachineArn);
    const machine = service.catalog.machine(arn);
    if (machine === undefined) throw noMachine(stateMachineArn);
    const version = machine.versions.find(({ number }) => String(number) === qualifier);
    if (qualifier !== undefined && version === undefined) throw noMachine(stateMachineArn);
    const { description } = version ?? {};
    return {
      stateMachineArn,
      name: machine.name,
      status: 'ACTIVE',
      type: machine.type,
      creationDate: new Date((version ?? machine).creationDate),
      ...describeRevision(version?.revision ?? machine.current, includedData !== 'METADATA_ONLY'),
      ...(description === undefined ? {} : { description }),
    };
  },
);

export const ListStateMachines = operation(z.strictObject(part.paging), (paging, service) => {
  const { page, ...more } = pageOf(service.catalog.machines, paging, 'state machines');
  return {
    stateMachines: page.map(({ arn, name, type, creationDate }) => ({
      stateMachineArn: arn,
      name,
      type,
      creationDate: new Date(creationDate),
    })),
    ...more,
  };
});

/** Its executions under way are aborted with it; ended ones can still be described. */
export const DeleteStateMachine = operation(
  z.strictObject({ stateMachineArn: part.arn }),
  ({ stateMachineArn }, service) => {
    const { arn, qualifier } = stateMachineReference(stateMachineArn);
    if (qualifier !== undefined)
      throw invalid(
        `Only a whole state machine can be deleted, not a version or an alias: '${stateMachineArn}'`,
      );
    const machine = service.catalog.machine(arn);
    if (machine === undefined) return part.nothing;
    service.catalog.removeMachine(machine);
    abortAll(arn, service);
    return part.nothing;
  },
);

function abortAll(machineArn: string, service: Service): void {
  const arns = Array.from(service.executions.list(machineArn), ({ record }) => record.arn);
  for (const arn of arns)
    service.executions.live(arn)?.stop('States.Runtime', 'The state machine has been deleted.');
}

function checkVersionDescription(
  versionDescription: string | undefined,
  published: boolean | undefined,
): void {
  if (versionDescription !== undefined && !published)
    throw invalid('Version description can only be set when publish is true');
}

/** Whether one has all that the other has, as JSON. */
const sameMembers = (one: object, other: object): boolean =>
  Object.entries(other).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(Reflect.get(one, name)),
  );
