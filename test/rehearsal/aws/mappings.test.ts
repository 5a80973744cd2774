import {
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
  type LambdaClient,
  type ListEventSourceMappingsCommandInput,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { refusalOf, rehearsedAccount, second, start } from './rehearsed-account.ts';

const queue = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

async function stateOf(lambda: LambdaClient, UUID: string) {
  return (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State;
}

function setEnabled(lambda: LambdaClient, UUID: string, Enabled: boolean) {
  return lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
}

test('takes a while to disable and to enable a mapping', async () => {
  const { aws, clock, lambda } = await rehearsedAccount({ mappingSwitchSeconds: 8 });
  aws.functions.addFunction({ name: 'worker', timeoutSeconds: 3 });
  const uuid = aws.functions.addMapping({
    functionName: 'worker',
    eventSourceArn: queue('jobs'),
    enabled: true,
  });
  const before = aws.functions.snapshot();
  clock.pass(second);
  expect(await setEnabled(lambda, uuid, false)).toMatchObject({
    UUID: uuid,
    State: 'Disabling',
    EventSourceArn: queue('jobs'),
    FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:worker',
    LastModified: new Date(start + second),
  });
  clock.pass(8 * second - 1);
  expect(await stateOf(lambda, uuid)).toBe('Disabling');
  expect(aws.functions.snapshot().mappings).toEqual({ [uuid]: 'Disabling' });
  clock.pass(1);
  expect(await stateOf(lambda, uuid)).toBe('Disabled');
  await setEnabled(lambda, uuid, true);
  expect(await stateOf(lambda, uuid)).toBe('Enabling');
  clock.pass(8 * second);
  expect(await stateOf(lambda, uuid)).toBe('Enabled');
  expect(aws.functions.snapshot()).toEqual(before);
});

test('refuses a change while an earlier one is under way', async () => {
  const { aws, clock, lambda } = await rehearsedAccount();
  aws.functions.addFunction({ name: 'worker', timeoutSeconds: 3 });
  const uuid = aws.functions.addMapping({
    functionName: 'worker',
    eventSourceArn: queue('jobs'),
    enabled: true,
  });
  await setEnabled(lambda, uuid, false);
  expect(await refusalOf(setEnabled(lambda, uuid, true))).toMatchObject({ name: 'ResourceInUseException' });
  clock.pass(10 * second);
  await setEnabled(lambda, uuid, true);
});

test('leaves a mapping alone that is already as wanted', async () => {
  const { aws, lambda } = await rehearsedAccount();
  aws.functions.addFunction({ name: 'worker', timeoutSeconds: 3 });
  const uuid = aws.functions.addMapping({
    uuid: '11111111-2222-4333-8444-555555555555',
    functionName: 'worker',
    eventSourceArn: queue('jobs'),
    enabled: false,
  });
  expect((await setEnabled(lambda, uuid, false)).State).toBe('Disabled');
  expect(uuid).toBe('11111111-2222-4333-8444-555555555555');
});

test('lists mappings by function and by source, a hundred a page at the most', async () => {
  const { aws, lambda } = await rehearsedAccount();
  for (const name of ['busy', 'calm']) aws.functions.addFunction({ name, timeoutSeconds: 3 });
  for (let index = 0; index < 130; index += 1)
    aws.functions.addMapping({
      functionName: 'busy',
      eventSourceArn: queue(`jobs-${index}`),
      enabled: true,
    });
  const calm = aws.functions.addMapping({
    functionName: 'calm',
    eventSourceArn: queue('jobs-1'),
    enabled: true,
  });
  const list = (input: ListEventSourceMappingsCommandInput) =>
    lambda.send(new ListEventSourceMappingsCommand(input));
  const first = await list({});
  const second = await list({ Marker: first.NextMarker });
  expect(first.EventSourceMappings).toHaveLength(100);
  expect(second.EventSourceMappings).toHaveLength(31);
  expect(second.NextMarker).toBeUndefined();
  const all = [...(first.EventSourceMappings ?? []), ...(second.EventSourceMappings ?? [])];
  expect(new Set(all.map(({ UUID }) => UUID)).size).toBe(131);

  const FunctionName = 'arn:aws:lambda:us-east-1:000000000000:function:calm';
  expect((await list({ FunctionName })).EventSourceMappings).toMatchObject([{ UUID: calm }]);
  expect((await list({ EventSourceArn: queue('jobs-1') })).EventSourceMappings).toHaveLength(2);
  expect((await list({ FunctionName: 'busy', MaxItems: 5 })).EventSourceMappings).toHaveLength(5);
});

test('refuses mappings that are not there, and changes that are not modelled', async () => {
  const { aws, lambda } = await rehearsedAccount();
  aws.functions.addFunction({ name: 'worker', timeoutSeconds: 3 });
  const uuid = aws.functions.addMapping({
    functionName: 'worker',
    eventSourceArn: queue('jobs'),
    enabled: true,
  });
  expect(await refusalOf(stateOf(lambda, 'nowhere'))).toMatchObject({ name: 'ResourceNotFoundException' });
  const resize = lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, BatchSize: 5 }));
  expect(await refusalOf(resize)).toMatchObject({ name: 'UnknownOperationException' });
  expect(() =>
    aws.functions.addMapping({ functionName: 'nowhere', eventSourceArn: queue('jobs'), enabled: true }),
  ).toThrow('nowhere');
});
