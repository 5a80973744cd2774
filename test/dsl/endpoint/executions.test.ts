import {
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StateMachine } from '../../../src/dsl/asl/machine.ts';
import {
  calling,
  echo,
  executionArn,
  machineArn,
  type ServedEndpoint,
  servedEndpoint,
  waiting,
} from '../../support/served-endpoint.ts';

let served: ServedEndpoint;
beforeAll(async () => {
  served = await servedEndpoint();
  await served.activity('Nobodys');
});
afterAll(() => served.close());

/** Nobody does its work, and so it stays under way. */
const open = calling('arn:aws:states:us-east-1:123456789012:activity:Nobodys');

describe('an execution', () => {
  it('is described from its start to its end, eleven months of waiting later', async () => {
    const arn = await served.start(
      await served.create('LongWait', waiting(30_000_000)),
      { order: 7 },
      'first',
    );
    const description = await served.ended(arn);
    expect(description).toMatchObject({
      executionArn: executionArn('LongWait', 'first'),
      stateMachineArn: machineArn('LongWait'),
      name: 'first',
      status: 'SUCCEEDED',
      input: '{"order":7}',
      inputDetails: { included: true },
      output: '{"order":7}',
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
    });
    const { startDate = new Date(), stopDate = new Date() } = description;
    expect(stopDate.getTime() - startDate.getTime()).toBe(30_000_000_000);
    expect(
      await served.client.send(new DescribeStateMachineForExecutionCommand({ executionArn: arn })),
    ).toMatchObject({ name: 'LongWait', definition: JSON.stringify(waiting(30_000_000)) });
  });

  it('has a history that is paged both ways', async () => {
    const arn = await served.start(await served.create('Paged', waiting(1)), {}, 'first');
    await served.ended(arn);
    const whole = await served.client.send(new GetExecutionHistoryCommand({ executionArn: arn }));
    const ids = (whole.events ?? []).map(({ id }) => id);
    expect(ids).toEqual([1, 2, 3, 4]);
    const paged = async (reverseOrder: boolean) => {
      const pages = [];
      for await (const { events = [] } of paginateGetExecutionHistory(
        { client: served.client, pageSize: 3 },
        { executionArn: arn, reverseOrder },
      ))
        pages.push(events.map(({ id }) => id));
      return pages;
    };
    expect(await paged(false)).toEqual([[1, 2, 3], [4]]);
    expect(await paged(true)).toEqual([[4, 3, 2], [1]]);
  });

  it('shows its data in the history only where it is wanted', async () => {
    const arn = await served.start(machineArn('Paged'), { secret: 1 }, 'without-data');
    await served.ended(arn);
    const { events } = await served.client.send(
      new GetExecutionHistoryCommand({ executionArn: arn, includeExecutionData: false }),
    );
    expect(JSON.stringify(events)).not.toContain('secret');
    expect(events?.[0]?.executionStartedEventDetails?.roleArn).toBeDefined();
  });

  it('is stopped with an error and a cause', async () => {
    const arn = await served.start(await served.create('Open', open), {}, 'stopped');
    await served.client.send(
      new StopExecutionCommand({ executionArn: arn, error: 'Enough', cause: 'it is late' }),
    );
    expect(await served.ended(arn)).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'it is late',
      redriveStatus: 'REDRIVABLE',
    });
    expect((await served.events(arn)).slice(-1)).toEqual(['ExecutionAborted']);
  });

  it('is started once under a name: again with the same input while it runs, else refused', async () => {
    const given = { stateMachineArn: machineArn('Open'), name: 'once', input: '{"a":1}' };
    const first = await served.client.send(new StartExecutionCommand(given));
    const again = await served.client.send(new StartExecutionCommand({ ...given, input: '{ "a": 1 }' }));
    expect(again.startDate).toEqual(first.startDate);
    const refused = { name: 'ExecutionAlreadyExists' };
    await expect(
      served.client.send(new StartExecutionCommand({ ...given, input: '{}' })),
    ).rejects.toMatchObject(refused);
    await served.client.send(new StopExecutionCommand({ executionArn: first.executionArn }));
    await expect(served.client.send(new StartExecutionCommand(given))).rejects.toMatchObject(refused);
  });

  it('is listed, the newest first, by pages and by status', async () => {
    const stateMachineArn = await served.create('Listed', echo);
    const names = ['one', 'two', 'three', 'four', 'five'];
    for (const name of names) await served.ended(await served.start(stateMachineArn, {}, name));
    const pages = [];
    for await (const { executions = [] } of paginateListExecutions(
      { client: served.client, pageSize: 2 },
      { stateMachineArn },
    ))
      pages.push(executions.map(({ name }) => name));
    expect(pages).toEqual([['five', 'four'], ['three', 'two'], ['one']]);
    const running = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' });
    expect((await served.client.send(running)).executions).toEqual([]);
  });

  it('that nothing performs a task of fails, and says what is missing', async () => {
    const arn = await served.start(
      await served.create(
        'Alone',
        calling('arn:aws:states:::dynamodb:getItem', { Parameters: { TableName: 'T', Key: {} } }),
      ),
    );
    expect(await served.ended(arn)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining('give --endpoint dynamodb=URL'),
    });
    expect((await served.events(arn)).slice(-1)).toEqual(['ExecutionFailed']);
    expect(served.lines.join('\n')).toContain('--endpoint dynamodb=URL');
  });
});

describe('an Express execution', () => {
  it('is waited for and billed by StartSyncExecution', async () => {
    const stateMachineArn = await served.create('Sync', waiting(1), { type: 'EXPRESS' });
    const answer = await served.client.send(
      new StartSyncExecutionCommand({ stateMachineArn, name: 'now', input: '{"a":1}' }),
    );
    expect(answer).toMatchObject({
      executionArn: expect.stringMatching(
        /^arn:aws:states:us-east-1:123456789012:express:Sync:now:[0-9a-f-]{36}$/,
      ),
      name: 'now',
      status: 'SUCCEEDED',
      output: '{"a":1}',
      billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: 1000 },
    });
  });

  it('ends after five minutes, and fails in words', async () => {
    const stateMachineArn = await served.create('Long', waiting(301), { type: 'EXPRESS' });
    const answer = await served.client.send(new StartSyncExecutionCommand({ stateMachineArn }));
    expect(answer).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });

  it('is given up when it goes round without end and without time', async () => {
    const round: StateMachine = {
      StartAt: 'Round',
      States: {
        Round: {
          Type: 'Choice',
          Choices: [{ Variable: '$.out', IsPresent: true, Next: 'Out' }],
          Default: 'Round',
        },
        Out: { Type: 'Succeed' },
      },
    };
    const stateMachineArn = await served.create('Round', round, { type: 'EXPRESS' });
    const answer = await served.client.send(new StartSyncExecutionCommand({ stateMachineArn }));
    expect(answer).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining("'Round': an Express execution has had 1000000 events"),
    });
  });

  it('is neither listed nor described', async () => {
    const stateMachineArn = machineArn('Sync');
    const { executionArn: arn } = await served.client.send(new StartExecutionCommand({ stateMachineArn }));
    await expect(served.ended(arn as string)).rejects.toMatchObject({ name: 'InvalidArn' });
    await expect(served.client.send(new ListExecutionsCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
    });
  });
});

describe('a nested execution', () => {
  const nested = (resource: string) =>
    calling(`arn:aws:states:::states:${resource}`, {
      Parameters: { StateMachineArn: machineArn('Inner'), Name: 'inside', Input: { a: 1 } },
      OutputPath: '$.Output',
    });

  it('is an execution like any other, and its time is that of the one that waits for it', async () => {
    await served.create('Inner', waiting(3600));
    const arn = await served.start(await served.create('Outer', nested('startExecution.sync:2')));
    const outer = await served.ended(arn);
    expect(outer).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
    const inner = await served.ended(executionArn('Inner', 'inside'));
    expect(inner.stopDate).toEqual(outer.stopDate);
    const { startDate = new Date(), stopDate = new Date() } = outer;
    expect(stopDate.getTime() - startDate.getTime()).toBe(3_600_000);
  });

  it('is refused to the task as to anybody, under a name that is taken', async () => {
    const arn = await served.start(await served.create('Again', nested('startExecution.sync')));
    expect(await served.ended(arn)).toMatchObject({
      status: 'FAILED',
      error: 'StepFunctions.ExecutionAlreadyExistsException',
    });
  });

  it('is stopped with the one that waits for it', async () => {
    await served.create('Inner2', open);
    const machine = calling('arn:aws:states:::states:startExecution.sync', {
      Parameters: { StateMachineArn: machineArn('Inner2'), Name: 'inside' },
    });
    const arn = await served.start(await served.create('Outer2', machine));
    await served.client.send(new StopExecutionCommand({ executionArn: arn }));
    expect(await served.ended(executionArn('Inner2', 'inside'))).toMatchObject({ status: 'ABORTED' });
  });

  it('cannot go on for ever: machines that start each other without end are stopped in virtual time', async () => {
    const endless = calling('arn:aws:states:::states:startExecution', {
      Parameters: { StateMachineArn: machineArn('Endless') },
    });
    const stateMachineArn = await served.create('Endless', endless);
    await served.start(stateMachineArn);
    const failed = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'FAILED' });
    for (;;) {
      const { executions: [last] = [] } = await served.client.send(failed);
      if (last === undefined) continue;
      expect(await served.ended(last.executionArn ?? '')).toMatchObject({
        error: 'States.Runtime',
        cause: expect.stringContaining('executions start one another without end'),
      });
      break;
    }
  });
});
