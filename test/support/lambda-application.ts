import {
  DeleteFunctionConcurrencyCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  LambdaClient,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListFunctionsCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import type { CommandMock } from './quick-client.ts';

const PAGE = 2;
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:';
const ON_MANAGED_INSTANCES = {
  LambdaManagedInstancesCapacityProviderConfig: {
    CapacityProviderArn: 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:shop',
  },
};

export interface ApplicationFunction {
  /** Reserved concurrency; none when left out. */
  reserved?: number;
  timeout?: number;
  /** Timeouts of its published versions, the first of which is version 1. */
  versions?: number[];
  /** Whether it is a durable function. */
  durable?: boolean;
  /** Whether it runs on Lambda Managed Instances. */
  onManagedInstances?: boolean;
  /** Provisioned concurrency by alias or version; Lambda lets no more of it be than is reserved. */
  provisioned?: Record<string, number>;
  tags?: Record<string, string>;
  /** ARNs of those that may call it, by its policy; without them it has none. */
  callers?: string[];
}

export interface ApplicationMapping {
  function: string;
  state: string;
  /** ARN of what it reads from. */
  source?: string;
}

/** The ARN of a function in the tests' account. */
export const functionArn = (name: string): string => ARN + name;

/** Lambda's control plane over these functions and mappings, in pages of two; tests change both at will. */
export function lambdaApplication(
  functions: Map<string, ApplicationFunction>,
  mappings: Map<string, ApplicationMapping> = new Map(),
) {
  const client = new LambdaClient({ region: 'us-east-1' });
  const mock = mockClient(client);
  mock.rejects(new Error('an unexpected call of Lambda'));
  serveApplication(mock, functions, mappings);
  return { client, mock };
}

/** Has a mocked client answer for these functions and mappings. */
export function serveApplication(
  mock: CommandMock,
  functions: Map<string, ApplicationFunction>,
  mappings: Map<string, ApplicationMapping>,
): void {
  const found = (name: string): ApplicationFunction => functions.get(name) ?? gone(name);

  mock.on(ListFunctionsCommand).callsFake((asked: { FunctionVersion?: 'ALL'; Marker?: string }) => {
    const all = [...functions].flatMap(([name, one]) => listed(name, one, asked.FunctionVersion));
    const { page, NextMarker } = pageOf(all, asked.Marker);
    return { Functions: page, NextMarker };
  });
  mock.on(GetFunctionCommand).callsFake(({ FunctionName }: { FunctionName: string }) => {
    const { reserved } = found(FunctionName);
    return reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } };
  });
  mock.on(GetPolicyCommand).callsFake(({ FunctionName }: { FunctionName: string }) => {
    const callers = found(FunctionName).callers ?? gone(`policy of ${FunctionName}`);
    return { Policy: JSON.stringify({ Version: '2012-10-17', Statement: callers.map(mayCall) }) };
  });
  mock
    .on(PutFunctionConcurrencyCommand)
    .callsFake((asked: { FunctionName: string; ReservedConcurrentExecutions: number }) => {
      const one = found(asked.FunctionName);
      if (provisionedOf(one) > asked.ReservedConcurrentExecutions)
        throw awsError('InvalidParameterValueException', 'less than what is provisioned');
      one.reserved = asked.ReservedConcurrentExecutions;
      return { ReservedConcurrentExecutions: asked.ReservedConcurrentExecutions };
    });
  mock.on(DeleteFunctionConcurrencyCommand).callsFake(({ FunctionName }: { FunctionName: string }) => {
    delete found(FunctionName).reserved;
    return {};
  });
  serveProvisioned(mock, found);
  mock.on(GetEventSourceMappingCommand).callsFake(({ UUID }: { UUID: string }) => {
    const mapping = mappings.get(UUID) ?? gone(UUID);
    const answer = { UUID, FunctionArn: ARN + mapping.function, State: mapping.state };
    goOn(mapping);
    return answer;
  });
  mock.on(ListEventSourceMappingsCommand).callsFake(({ Marker }: { Marker?: string }) => {
    const { page, NextMarker } = pageOf([...mappings], Marker);
    const answer = page.map(([UUID, mapping]) => ({
      UUID,
      FunctionArn: ARN + mapping.function,
      State: mapping.state,
      ...(mapping.source === undefined ? {} : { EventSourceArn: mapping.source }),
    }));
    for (const [, mapping] of page) goOn(mapping);
    return { EventSourceMappings: answer, NextMarker };
  });
  mock
    .on(UpdateEventSourceMappingCommand)
    .callsFake(({ UUID, Enabled }: { UUID: string; Enabled: boolean }) => {
      const mapping = mappings.get(UUID) ?? gone(UUID);
      mapping.state = Enabled ? 'Enabling' : 'Disabling';
      return { UUID, State: mapping.state };
    });
}

/** A statement as AddPermission makes it. */
const mayCall = (caller: string) => ({
  Sid: 'subscription',
  Effect: 'Allow',
  Principal: { Service: 'sns.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: '*',
  Condition: { ArnLike: { 'AWS:SourceArn': caller } },
});

/** What ListFunctions tells of a function: its unpublished version alone, or each one, with an ARN of its own. */
function listed(name: string, one: ApplicationFunction, FunctionVersion: 'ALL' | undefined): object[] {
  const { timeout = 30, versions = [], durable, onManagedInstances } = one;
  const version = (Version: string, Timeout: number) => ({
    FunctionName: name,
    FunctionArn: FunctionVersion === 'ALL' ? `${ARN}${name}:${Version}` : ARN + name,
    Timeout,
    Version,
    ...(durable ? { DurableConfig: { ExecutionTimeout: 86_400 } } : {}),
    ...(onManagedInstances ? { CapacityProviderConfig: ON_MANAGED_INSTANCES } : {}),
  });
  const published = versions.map((seconds, index) => version(String(index + 1), seconds));
  return [version('$LATEST', timeout), ...(FunctionVersion === 'ALL' ? published : [])];
}

/** Lambda needs a while for a change: it is done by the next look. */
export function goOn(mapping: ApplicationMapping): void {
  if (mapping.state === 'Disabling') mapping.state = 'Disabled';
  else if (mapping.state === 'Enabling') mapping.state = 'Enabled';
}

interface Qualified {
  FunctionName: string;
  Qualifier: string;
}

const provisionedOf = ({ provisioned = {} }: ApplicationFunction): number =>
  Object.values(provisioned).reduce((sum, each) => sum + each, 0);

function serveProvisioned(mock: CommandMock, found: (name: string) => ApplicationFunction): void {
  mock
    .on(ListProvisionedConcurrencyConfigsCommand)
    .callsFake(({ FunctionName, Marker }: { FunctionName: string; Marker?: string }) => {
      const { page, NextMarker } = pageOf(Object.entries(found(FunctionName).provisioned ?? {}), Marker);
      const configs = page.map(([qualifier, requested]) => ({
        FunctionArn: `${ARN}${FunctionName}:${qualifier}`,
        RequestedProvisionedConcurrentExecutions: requested,
      }));
      return { ProvisionedConcurrencyConfigs: configs, NextMarker };
    });
  mock.on(GetProvisionedConcurrencyConfigCommand).callsFake(({ FunctionName, Qualifier }: Qualified) => {
    const requested = found(FunctionName).provisioned?.[Qualifier];
    if (requested === undefined) throw awsError('ProvisionedConcurrencyConfigNotFoundException');
    return { RequestedProvisionedConcurrentExecutions: requested };
  });
  mock
    .on(PutProvisionedConcurrencyConfigCommand)
    .callsFake((asked: Qualified & { ProvisionedConcurrentExecutions: number }) => {
      const one = found(asked.FunctionName);
      if (asked.ProvisionedConcurrentExecutions > (one.reserved ?? Infinity))
        throw awsError('InvalidParameterValueException', 'more than what is reserved');
      one.provisioned = { ...one.provisioned, [asked.Qualifier]: asked.ProvisionedConcurrentExecutions };
      return {};
    });
  mock.on(DeleteProvisionedConcurrencyConfigCommand).callsFake(({ FunctionName, Qualifier }: Qualified) => {
    delete found(FunctionName).provisioned?.[Qualifier];
    return {};
  });
}

/** An error as AWS names it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

function gone(name: string): never {
  throw awsError('ResourceNotFoundException', `not found: ${name}`);
}

function pageOf<T>(all: readonly T[], marker: string | undefined) {
  const start = Number(marker ?? 0);
  const end = start + PAGE;
  return { page: all.slice(start, end), NextMarker: end < all.length ? String(end) : undefined };
}
