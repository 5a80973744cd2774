import {
  CreateActivityCommand,
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  UpdateMapRunCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  echo,
  executionArn,
  machineArn,
  roleArn,
  type ServedEndpoint,
  servedEndpoint,
} from '../../support/served-endpoint.ts';

let served: ServedEndpoint;
beforeAll(async () => {
  served = await servedEndpoint();
  await served.create('M', echo);
});
afterAll(() => served.close());

const definition = JSON.stringify(echo);
const mapRunArn = 'arn:aws:states:us-east-1:123456789012:mapRun:M/each:none';
const activityArn = 'arn:aws:states:us-east-1:123456789012:activity:None';
const create = (changes: object) =>
  new CreateStateMachineCommand({ name: 'N', definition, roleArn, ...changes });
const start = (changes: object) =>
  new StartExecutionCommand({ stateMachineArn: machineArn('M'), ...changes });

it.each<[code: string, what: string, command: object, words?: string]>([
  [
    'StateMachineDoesNotExist',
    'an unknown machine',
    new DescribeStateMachineCommand({ stateMachineArn: machineArn('X') }),
    `State Machine Does Not Exist: '${machineArn('X')}'`,
  ],
  [
    'StateMachineDoesNotExist',
    'a start of an unknown version',
    start({ stateMachineArn: `${machineArn('M')}:7` }),
  ],
  [
    'ExecutionDoesNotExist',
    'an unknown execution',
    new DescribeExecutionCommand({ executionArn: executionArn('M', 'none') }),
    `Execution Does Not Exist: '${executionArn('M', 'none')}'`,
  ],
  ['ActivityDoesNotExist', 'work of an unknown activity', new GetActivityTaskCommand({ activityArn })],
  ['ResourceNotFound', 'an unknown Map Run', new DescribeMapRunCommand({ mapRunArn })],
  [
    'ResourceNotFound',
    'an unknown alias',
    new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${machineArn('M')}:none` }),
  ],
  [
    'ResourceNotFound',
    'tags of what is not there',
    new ListTagsForResourceCommand({ resourceArn: activityArn }),
  ],
  ['InvalidArn', 'an ARN that is none', new DescribeStateMachineCommand({ stateMachineArn: 'M' })],
  [
    'InvalidArn',
    'an ARN of another kind',
    new DescribeExecutionCommand({ executionArn: machineArn('M') }),
    "Invalid Arn: 'Resource type not valid in this context: stateMachine'",
  ],
  [
    'InvalidArn',
    'a test case where nothing is started',
    new DeleteStateMachineCommand({ stateMachineArn: `${machineArn('M')}#Well` }),
  ],
  ['InvalidArn', 'a role that is none', create({ roleArn: 'Any' }), "Invalid Role Arn: 'Any'"],
  [
    'InvalidArn',
    'another role that is none',
    new UpdateStateMachineCommand({ stateMachineArn: machineArn('M'), roleArn: machineArn('M') }),
  ],
  [
    'ResourceNotFound',
    'an alias of an unknown machine',
    new CreateStateMachineAliasCommand({
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: `${machineArn('X')}:1`, weight: 100 }],
    }),
  ],
  ['InvalidName', 'a name with a space', create({ name: 'a b' }), "Invalid Name: 'a b'"],
  ['InvalidName', 'an activity with a slash', new CreateActivityCommand({ name: 'a/b' })],
  ['InvalidName', 'an execution with a colon', start({ name: 'a:b' })],
  ['InvalidDefinition', 'a definition that is no JSON', create({ definition: '{' })],
  ['InvalidExecutionInput', 'an input that is no JSON', start({ input: '{' })],
  [
    'InvalidExecutionInput',
    'an input of too many bytes',
    start({ input: JSON.stringify('é'.repeat(200_000)) }),
  ],
  ['InvalidToken', 'a page of another list', new ListStateMachinesCommand({ nextToken: 'bm9uZQ' })],
  [
    'InvalidLoggingConfiguration',
    'logs without a destination',
    create({ loggingConfiguration: { level: 'ALL' } }),
  ],
  [
    'InvalidEncryptionConfiguration',
    'a key of its own without the key',
    create({ encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY' } }),
  ],
  [
    'MissingRequiredParameter',
    'an update of nothing',
    new UpdateStateMachineCommand({ stateMachineArn: machineArn('M') }),
  ],
  [
    'StateMachineTypeNotSupported',
    'a synchronous execution of a Standard machine',
    new StartSyncExecutionCommand({ stateMachineArn: machineArn('M') }),
  ],
  [
    'ValidationException',
    'a name that is too long',
    create({ name: 'n'.repeat(81) }),
    "1 validation error detected: Value 'nnnnn",
  ],
  [
    'ValidationException',
    'a member that must be there',
    new CreateStateMachineCommand({ name: 'N', definition, roleArn: undefined }),
    "Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
  ],
  [
    'ValidationException',
    'a word that is none',
    create({ type: 'FAST' }),
    "Value 'FAST' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]",
  ],
  [
    'ValidationException',
    'pages that are too large',
    new ListExecutionsCommand({ stateMachineArn: machineArn('M'), maxResults: 1001 }),
    "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
  ],
  [
    'ValidationException',
    'two faults, both told',
    create({ name: '', roleArn: '' }),
    '2 validation errors detected',
  ],
  [
    'ValidationException',
    'an alias named like a version',
    new CreateStateMachineAliasCommand({
      name: '12',
      routingConfiguration: [{ stateMachineVersionArn: `${machineArn('M')}:1`, weight: 100 }],
    }),
    'Member must satisfy regular expression pattern: ^(?=',
  ],
  ['ValidationException', 'a list of nothing', new ListExecutionsCommand({})],
  [
    'ValidationException',
    'a list of what only Map Runs have',
    new ListExecutionsCommand({ stateMachineArn: machineArn('M'), statusFilter: 'PENDING_REDRIVE' }),
    'mapRunArn',
  ],
  [
    'ValidationException',
    'an input of too many levels',
    start({ input: `${'['.repeat(5000)}${']'.repeat(5000)}` }),
    "at 'input' failed to satisfy constraint: Member must have lists and objects at most 1000 levels deep",
  ],
  [
    'ValidationException',
    'a description of a version that is not published',
    create({ versionDescription: 'none' }),
  ],
  [
    'ValidationException',
    'a test case without a mock configuration',
    start({ stateMachineArn: `${machineArn('M')}#Well` }),
    'give --mocks FILE',
  ],
  [
    'ValidationException',
    'the machine of a Map',
    new DescribeStateMachineCommand({ stateMachineArn: `${machineArn('M')}/each` }),
  ],
  [
    'ResourceNotFound',
    'an update of an unknown Map Run',
    new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 1 }),
  ],
])('answers with %s to %s', async (...[code, , command, words = '']) => {
  await expect(served.client.send(command as never)).rejects.toMatchObject({
    name: code,
    message: expect.stringContaining(words),
    $metadata: { httpStatusCode: 400 },
  });
});

it('refuses the token of another question', async () => {
  const stateMachineArn = await served.create('Two', echo);
  for (const name of ['one', 'two']) await served.ended(await served.start(stateMachineArn, {}, name));
  const { nextToken } = await served.client.send(
    new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }),
  );
  expect(nextToken).toBeDefined();
  await expect(
    served.client.send(new ListExecutionsCommand({ stateMachineArn: machineArn('M'), nextToken })),
  ).rejects.toMatchObject({ name: 'InvalidToken' });
  await expect(
    served.client.send(
      new GetExecutionHistoryCommand({ executionArn: executionArn('Two', 'one'), nextToken }),
    ),
  ).rejects.toMatchObject({ name: 'InvalidToken' });
});
