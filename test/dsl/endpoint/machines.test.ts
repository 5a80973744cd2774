import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DeleteStateMachineAliasCommand,
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  ListTagsForResourceCommand,
  paginateListStateMachines,
  PublishStateMachineVersionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  calling,
  echo,
  machineArn,
  roleArn,
  type ServedEndpoint,
  servedEndpoint,
  waiting,
} from '../../support/served-endpoint.ts';

let served: ServedEndpoint;
beforeEach(async () => {
  served = await servedEndpoint();
});
afterEach(() => served.close());

const described = (stateMachineArn: string) =>
  served.client.send(new DescribeStateMachineCommand({ stateMachineArn }));
const update = (changes: object) =>
  served.client.send(new UpdateStateMachineCommand({ stateMachineArn: machineArn('M'), ...changes }));

describe('a state machine', () => {
  it('is described as it was created, with what holds where nothing was said', async () => {
    const definition = JSON.stringify({
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { parcel: 'p-1' }, Next: 'Use' },
        Use: { Type: 'Pass', Parameters: { 'parcel.$': '$parcel' }, End: true },
      },
    });
    await served.client.send(new CreateStateMachineCommand({ name: 'M', definition, roleArn }));
    expect(await described(machineArn('M'))).toMatchObject({
      name: 'M',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition,
      roleArn,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
      variableReferences: { Use: ['parcel'] },
    });
  });

  it('is created again by the same request, and by no other', async () => {
    const given = { name: 'M', definition: JSON.stringify(echo), roleArn };
    const first = await served.client.send(new CreateStateMachineCommand(given));
    const again = await served.client.send(
      new CreateStateMachineCommand({ ...given, roleArn: `${roleArn}2` }),
    );
    expect(again.creationDate).toEqual(first.creationDate);
    await expect(
      served.client.send(new CreateStateMachineCommand({ ...given, type: 'EXPRESS' })),
    ).rejects.toMatchObject({ name: 'StateMachineAlreadyExists' });
  });

  it('is created and published again by the same request, and by no other', async () => {
    const given = { name: 'M', definition: JSON.stringify(echo), roleArn };
    const publishing = { ...given, publish: true, versionDescription: 'first' };
    const create = (request: typeof given) => served.client.send(new CreateStateMachineCommand(request));
    const taken = { name: 'StateMachineAlreadyExists' };
    await create(given);
    await expect(create(publishing)).rejects.toMatchObject(taken);
    await served.client.send(new DeleteStateMachineCommand({ stateMachineArn: machineArn('M') }));
    const { stateMachineVersionArn } = await create(publishing);
    expect((await create(publishing)).stateMachineVersionArn).toBe(stateMachineVersionArn);
    await expect(create({ ...publishing, versionDescription: 'second' } as never)).rejects.toMatchObject(
      taken,
    );
  });

  it('is not passed over by pages when those listed before are deleted', async () => {
    for (const name of ['A', 'B', 'C', 'D', 'E']) await served.create(name, echo);
    const names = [];
    for await (const { stateMachines = [] } of paginateListStateMachines(
      { client: served.client, pageSize: 2 },
      {},
    ))
      for (const { name, stateMachineArn } of stateMachines) {
        names.push(name);
        await served.client.send(new DeleteStateMachineCommand({ stateMachineArn }));
      }
    expect(names).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  it('is listed by name, in pages, until it is deleted', async () => {
    for (const name of ['C', 'A', 'B']) await served.create(name, echo);
    const pages = [];
    for await (const { stateMachines = [] } of paginateListStateMachines(
      { client: served.client, pageSize: 2 },
      {},
    ))
      pages.push(stateMachines.map(({ name }) => name));
    expect(pages).toEqual([['A', 'B'], ['C']]);
    await served.client.send(new DeleteStateMachineCommand({ stateMachineArn: machineArn('B') }));
    const { stateMachines = [] } = await served.client.send(new ListStateMachinesCommand({}));
    expect(stateMachines.map(({ name }) => name)).toEqual(['A', 'C']);
  });

  it('is updated for executions from then on, and is a new revision only when something changes', async () => {
    const stateMachineArn = await served.create('M', echo);
    const first = await served.start(stateMachineArn, {}, 'first');
    const definition = JSON.stringify(waiting(5));
    const { revisionId } = await update({ definition });
    expect(revisionId).toBeDefined();
    expect((await update({ definition })).revisionId).toBe(revisionId);
    expect((await described(stateMachineArn)).revisionId).toBe(revisionId);
    const second = await served.start(stateMachineArn, {}, 'second');
    await Promise.all([first, second].map(served.ended));
    expect(await served.events(first)).toContain('PassStateEntered');
    expect(await served.events(second)).toContain('WaitStateEntered');
  });

  it('is checked: what Step Functions would refuse is told with its code and place', async () => {
    const definition = '{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" } } }';
    const refused = {
      name: 'InvalidDefinition',
      message: expect.stringMatching(
        /^Invalid State Machine Definition: '.*MISSING_TRANSITION_TARGET: .* at \/States\/A\/Next/,
      ),
    };
    const create = new CreateStateMachineCommand({ name: 'M', definition, roleArn });
    await expect(served.client.send(create)).rejects.toMatchObject(refused);
    await served.create('M', echo);
    await expect(update({ definition })).rejects.toMatchObject(refused);
  });

  it('is validated without being created', async () => {
    const validate = (definition: string, more: object = {}) =>
      served.client.send(new ValidateStateMachineDefinitionCommand({ definition, ...more }));
    expect(await validate(JSON.stringify(echo))).toMatchObject({ result: 'OK', diagnostics: [] });
    const unsound = await validate('{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" } } }', {
      maxResults: 1,
    });
    expect(unsound).toMatchObject({ result: 'FAIL', truncated: true });
    expect(unsound.diagnostics).toEqual([
      {
        severity: 'ERROR',
        code: expect.any(String),
        message: expect.any(String),
        location: expect.any(String),
      },
    ]);
    const deep = `${'['.repeat(2000)}${']'.repeat(2000)}`;
    expect(await validate(`{ "StartAt": ${deep} }`)).toMatchObject({
      result: 'FAIL',
      diagnostics: [
        { severity: 'ERROR', location: '1:1014', message: expect.stringContaining('levels deep') },
      ],
    });
    const risky = JSON.stringify({
      StartAt: 'A',
      States: {
        A: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          Parameters: { FunctionName: 'F' },
          End: true,
        },
      },
    });
    expect((await validate(risky)).diagnostics).toEqual([]);
    const { result, diagnostics = [] } = await validate(risky, { severity: 'WARNING' });
    expect(result).toBe('OK');
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ severity: 'WARNING', code: 'token-not-passed' }),
    );
  });

  it('has tags', async () => {
    const resourceArn = await served.create('M', echo, { tags: [{ key: 'team', value: 'parcels' }] });
    await served.client.send(
      new TagResourceCommand({ resourceArn, tags: [{ key: 'stage', value: 'test' }] }),
    );
    await served.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] }));
    const { tags } = await served.client.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual([{ key: 'stage', value: 'test' }]);
    const many = Array.from({ length: 50 }, (_none, index) => ({ key: `k${index}`, value: '' }));
    await expect(
      served.client.send(new TagResourceCommand({ resourceArn, tags: many })),
    ).rejects.toMatchObject({ name: 'TooManyTags', resourceName: resourceArn });
  });
});

describe('a version', () => {
  it('keeps what was published, whatever becomes of the machine', async () => {
    const stateMachineArn = await served.create('M', echo, {
      publish: true,
      versionDescription: 'the first',
    });
    await update({ definition: JSON.stringify(waiting(5)) });
    expect(await described(`${stateMachineArn}:1`)).toMatchObject({
      stateMachineArn: `${stateMachineArn}:1`,
      definition: JSON.stringify(echo),
      description: 'the first',
    });
    const arn = await served.start(`${stateMachineArn}:1`);
    expect(await served.ended(arn)).toMatchObject({
      stateMachineArn,
      stateMachineVersionArn: `${stateMachineArn}:1`,
    });
    expect(await served.events(arn)).toContain('PassStateEntered');
    const { events } = await served.client.send(
      new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1 }),
    );
    expect(events?.[0]?.executionStartedEventDetails?.stateMachineVersionArn).toBe(`${stateMachineArn}:1`);
  });

  it('is published once for each revision, and numbers are not used twice', async () => {
    const stateMachineArn = await served.create('M', echo);
    const publish = (more: object = {}) =>
      served.client.send(new PublishStateMachineVersionCommand({ stateMachineArn, ...more }));
    expect((await publish({ revisionId: 'INITIAL' })).stateMachineVersionArn).toBe(`${stateMachineArn}:1`);
    expect((await publish()).stateMachineVersionArn).toBe(`${stateMachineArn}:1`);
    await expect(publish({ revisionId: 'other' })).rejects.toMatchObject({ name: 'ConflictException' });
    const { revisionId } = await update({ definition: JSON.stringify(waiting(5)) });
    expect((await publish({ revisionId })).stateMachineVersionArn).toBe(`${stateMachineArn}:2`);
    await served.client.send(
      new DeleteStateMachineVersionCommand({ stateMachineVersionArn: `${stateMachineArn}:2` }),
    );
    expect((await publish()).stateMachineVersionArn).toBe(`${stateMachineArn}:3`);
    const { stateMachineVersions = [] } = await served.client.send(
      new ListStateMachineVersionsCommand({ stateMachineArn }),
    );
    expect(stateMachineVersions.map(({ stateMachineVersionArn }) => stateMachineVersionArn)).toEqual([
      `${stateMachineArn}:3`,
      `${stateMachineArn}:1`,
    ]);
  });
});

describe('an alias', () => {
  const versions = async () => {
    const stateMachineArn = await served.create('M', echo, { publish: true });
    await update({ definition: JSON.stringify(waiting(5)), publish: true });
    return [`${stateMachineArn}:1`, `${stateMachineArn}:2`] as const;
  };
  const route = (stateMachineVersionArn: string, weight: number) => ({ stateMachineVersionArn, weight });

  it('leads to its versions by their weights, and executions tell which', async () => {
    const [one, two] = await versions();
    await served.client.send(
      new CreateStateMachineAliasCommand({
        name: 'live',
        routingConfiguration: [route(one, 80), route(two, 20)],
      }),
    );
    const alias = `${machineArn('M')}:live`;
    const started = await Promise.all(Array.from({ length: 100 }, () => served.start(alias)));
    const ended = await Promise.all(started.map(served.ended));
    const toTwo = ended.filter(({ stateMachineVersionArn }) => stateMachineVersionArn === two).length;
    expect(toTwo).toBeGreaterThan(8);
    expect(toTwo).toBeLessThan(35);
    expect(ended.every(({ stateMachineAliasArn }) => stateMachineAliasArn === alias)).toBe(true);
    const count = async (stateMachineArn: string) =>
      (await served.client.send(new ListExecutionsCommand({ stateMachineArn }))).executions?.length;
    expect(await Promise.all([alias, two, machineArn('M')].map(count))).toEqual([100, toTwo, 100]);
  });

  it('is described, updated, listed and deleted', async () => {
    const [one, two] = await versions();
    const stateMachineAliasArn = `${machineArn('M')}:live`;
    const create = (routing: ReturnType<typeof route>[]) =>
      served.client.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration: routing }));
    await create([route(one, 100)]);
    await create([route(one, 100)]);
    await expect(create([route(two, 100)])).rejects.toMatchObject({ name: 'ConflictException' });
    await served.client.send(
      new UpdateStateMachineAliasCommand({
        stateMachineAliasArn,
        description: 'what is live',
        routingConfiguration: [route(two, 100)],
      }),
    );
    expect(
      await served.client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn })),
    ).toMatchObject({ name: 'live', description: 'what is live', routingConfiguration: [route(two, 100)] });
    await expect(
      served.client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: two })),
    ).rejects.toMatchObject({ name: 'ConflictException', message: expect.stringContaining('[live]') });
    const listed = async () => {
      const { stateMachineAliases = [] } = await served.client.send(
        new ListStateMachineAliasesCommand({ stateMachineArn: machineArn('M') }),
      );
      return stateMachineAliases.map((alias) => alias.stateMachineAliasArn);
    };
    await served.client.send(
      new CreateStateMachineAliasCommand({ name: 'next', routingConfiguration: [route(two, 100)] }),
    );
    const next = `${machineArn('M')}:next`;
    expect(await listed()).toEqual([next, stateMachineAliasArn]);
    await served.client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn }));
    expect(await listed()).toEqual([next]);
  });

  it.each([
    ['weights that are not 100 together', (one: string, two: string) => [route(one, 80), route(two, 30)]],
    ['one version twice', (one: string) => [route(one, 80), route(one, 20)]],
    ['a version that is not there', () => [route(`${machineArn('M')}:9`, 100)]],
  ])('is refused with %s', async (_what, routing) => {
    const [one, two] = await versions();
    const command = new CreateStateMachineAliasCommand({
      name: 'live',
      routingConfiguration: routing(one, two),
    });
    await expect(served.client.send(command)).rejects.toMatchObject({
      name: 'ValidationException',
      reason: 'INVALID_ROUTING_CONFIGURATION',
    });
  });
});

it('deletes a machine with its executions under way, and keeps what became of them', async () => {
  const activityArn = await served.activity('Nobodys');
  const arn = await served.start(await served.create('M', calling(activityArn)));
  await served.client.send(new DeleteStateMachineCommand({ stateMachineArn: machineArn('M') }));
  const { status } = await served.client.send(new DescribeExecutionCommand({ executionArn: arn }));
  expect(status).toBe('ABORTED');
});
