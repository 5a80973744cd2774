import * as z from 'zod';
import { stateMachineReference } from '../arn.ts';
import { type Alias, aliasArn, type StateMachineRecord, versionArn } from '../catalog/state-machine.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../paging.ts';
import * as part from '../request-parts.ts';
import type { Service } from '../service.ts';
import { invalid, ServiceError } from '../service-error.ts';
import { findMachine } from './state-machine.ts';

/** Aliases that a machine may have. Source: "Step Functions service quotas". */
const mostAliases = 100;

const aliasName = part.name.regex(/^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+$/);

export const CreateStateMachineAlias = operation(
  z.strictObject({
    name: aliasName,
    description: part.description,
    routingConfiguration: part.routingConfiguration,
  }),
  ({ name, description, routingConfiguration: routing }, service) => {
    const machine = routedMachine(routing, service);
    const known = machine.aliases.find((alias) => alias.name === name);
    if (known !== undefined && !sameAlias(known, { description, routing }))
      throw new ServiceError(
        'ConflictException',
        'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
      );
    if (known === undefined && machine.aliases.length >= mostAliases)
      throw new ServiceError(
        'ServiceQuotaExceededException',
        `A state machine has at most ${mostAliases} aliases; delete some of '${machine.arn}'.`,
      );
    const creationDate = service.now();
    const alias = known ?? {
      name,
      ...(description === undefined ? {} : { description }),
      routing,
      creationDate,
      updateDate: creationDate,
    };
    if (known === undefined) service.catalog.putMachine({ ...machine, aliases: [...machine.aliases, alias] });
    return { stateMachineAliasArn: aliasArn(machine.arn, alias), creationDate: new Date(alias.creationDate) };
  },
);

export const DescribeStateMachineAlias = operation(
  z.strictObject({ stateMachineAliasArn: part.arn }),
  ({ stateMachineAliasArn }, service) => {
    const { alias } = findAlias(stateMachineAliasArn, service);
    const { description } = alias;
    return {
      stateMachineAliasArn,
      name: alias.name,
      ...(description === undefined ? {} : { description }),
      routingConfiguration: alias.routing,
      creationDate: new Date(alias.creationDate),
      updateDate: new Date(alias.updateDate),
    };
  },
);

export const UpdateStateMachineAlias = operation(
  z.strictObject({
    stateMachineAliasArn: part.arn,
    description: part.description,
    routingConfiguration: part.routingConfiguration.optional(),
  }),
  ({ stateMachineAliasArn, description, routingConfiguration }, service) => {
    if (description === undefined && routingConfiguration === undefined)
      throw invalid(
        'Either the description or the RoutingConfiguration must be specified',
        'MISSING_REQUIRED_PARAMETER',
      );
    const { machine, alias } = findAlias(stateMachineAliasArn, service);
    if (routingConfiguration !== undefined && routedMachine(routingConfiguration, service) !== machine)
      throw badRouting(`Routing configuration must contain versions of '${machine.arn}'.`);
    const updateDate = service.now();
    const updated: Alias = {
      ...alias,
      ...(description === undefined ? {} : { description }),
      routing: routingConfiguration ?? alias.routing,
      updateDate,
    };
    const aliases = machine.aliases.map((one) => (one === alias ? updated : one));
    service.catalog.putMachine({ ...machine, aliases });
    return { updateDate: new Date(updateDate) };
  },
);

export const DeleteStateMachineAlias = operation(
  z.strictObject({ stateMachineAliasArn: part.arn }),
  ({ stateMachineAliasArn }, service) => {
    const { machine, alias } = findAlias(stateMachineAliasArn, service);
    service.catalog.putMachine({ ...machine, aliases: machine.aliases.filter((one) => one !== alias) });
    return part.nothing;
  },
);

/** Of a machine; or, if the ARN is that of a version, those that lead to it. The newest first. */
export const ListStateMachineAliases = operation(
  z.strictObject({ stateMachineArn: part.arn, ...part.paging }),
  ({ stateMachineArn, ...paging }, service) => {
    const { arn, qualifier } = stateMachineReference(stateMachineArn);
    const machine = findMachine(arn, service);
    const aliases = machine.aliases.filter(
      ({ routing }) =>
        qualifier === undefined || routing.some((one) => one.stateMachineVersionArn === stateMachineArn),
    );
    const { page, ...more } = pageOf(aliases.reverse(), paging, `aliases of ${stateMachineArn}`);
    return {
      stateMachineAliases: page.map((alias) => ({
        stateMachineAliasArn: aliasArn(arn, alias),
        creationDate: new Date(alias.creationDate),
      })),
      ...more,
    };
  },
);

function findAlias(text: string, service: Service): { machine: StateMachineRecord; alias: Alias } {
  const { arn, qualifier } = stateMachineReference(text);
  const machine = service.catalog.machine(arn);
  const alias = machine?.aliases.find(({ name }) => name === qualifier);
  if (machine !== undefined && alias !== undefined) return { machine, alias };
  throw notThere(text);
}

const notThere = (resourceName: string): ServiceError =>
  new ServiceError(
    'ResourceNotFound',
    `Request references a resource that does not exist: '${resourceName}'`,
    {
      resourceName,
    },
  );

/**
 * The machine of whose versions a routing is.
 * @throws ServiceError ValidationException for an unsound one, ResourceNotFound when there is no such machine.
 */
function routedMachine(routing: Alias['routing'], service: Service): StateMachineRecord {
  const arns = routing.map(({ stateMachineVersionArn }) => stateMachineVersionArn);
  const received = `Received: [${arns.join(', ')}]`;
  if (new Set(arns).size < arns.length)
    throw badRouting(`Routing configuration must contain distinct state machine version ARNs. ${received}`);
  const weights = routing.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100)
    throw badRouting(
      `Sum of routing configuration weights must equal 100. Received: ${JSON.stringify(weights)}`,
    );
  const references = arns.map(stateMachineReference);
  const [first] = references;
  const machine = service.catalog.machine(first?.arn ?? '');
  if (machine === undefined) throw notThere(first?.arn ?? '');
  const isVersion = (arn: string) =>
    machine.versions.some((version) => versionArn(machine.arn, version) === arn);
  if (!arns.every(isVersion))
    throw badRouting(`Routing configuration must contain state machine version ARNs. ${received}`);
  return machine;
}

const badRouting = (message: string): ServiceError => invalid(message, 'INVALID_ROUTING_CONFIGURATION');

const sameAlias = (
  alias: Alias,
  given: { readonly description: string | undefined; readonly routing: Alias['routing'] },
): boolean =>
  alias.description === given.description && JSON.stringify(alias.routing) === JSON.stringify(given.routing);
