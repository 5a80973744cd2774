import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineForExecutionCommand,
  GetActivityTaskCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
  UpdateMapRunCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { State, StateMachine } from '../../../src/dsl/asl/machine.ts';
import { machineArn, type ServedEndpoint, servedEndpoint } from '../../support/served-endpoint.ts';

let served: ServedEndpoint;
let activityArn: string;
beforeAll(async () => {
  served = await servedEndpoint();
  activityArn = await served.activity('Pack');
});
afterAll(() => served.close());

const mapped = (body: State, fields: object = {}): StateMachine => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      Label: 'each',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'One',
        States: { One: body },
      },
      End: true,
      ...fields,
    },
  },
});

const runsOf = async (executionArn: string) =>
  (await served.client.send(new ListMapRunsCommand({ executionArn }))).mapRuns ?? [];
const described = (mapRunArn: string | undefined) =>
  served.client.send(new DescribeMapRunCommand({ mapRunArn }));

it('tells of a Map Run, its children and their counts', async () => {
  const pickyState: State = {
    Type: 'Choice',
    Choices: [{ Variable: '$', NumericEquals: 2, Next: 'Bad' }],
    Default: 'Good',
  };
  const machine = mapped(pickyState, { ToleratedFailurePercentage: 50, MaxConcurrency: 2 });
  const each = machine.States['Each'] as { ItemProcessor: { States: { [name: string]: State } } };
  Object.assign(each.ItemProcessor.States, {
    Bad: { Type: 'Fail', Error: 'Even' },
    Good: { Type: 'Succeed' },
  });
  const arn = await served.start(await served.create('Counted', machine), [1, 2, 3]);
  await served.ended(arn);
  const [run] = await runsOf(arn);
  expect(run).toMatchObject({
    executionArn: arn,
    stateMachineArn: `${machineArn('Counted')}/each`,
    startDate: expect.any(Date),
    stopDate: expect.any(Date),
  });
  const counts = { pending: 0, running: 0, succeeded: 2, failed: 1, timedOut: 0, aborted: 0, total: 3 };
  expect(await described(run?.mapRunArn)).toMatchObject({
    executionArn: arn,
    status: 'SUCCEEDED',
    maxConcurrency: 2,
    toleratedFailurePercentage: 50,
    toleratedFailureCount: 0,
    itemCounts: counts,
    executionCounts: counts,
  });
  const failed = new ListExecutionsCommand({ mapRunArn: run?.mapRunArn, statusFilter: 'FAILED' });
  const { executions: [child] = [] } = await served.client.send(failed);
  expect(child).toMatchObject({
    mapRunArn: run?.mapRunArn,
    itemCount: 1,
    stateMachineArn: `${machineArn('Counted')}/each`,
  });
  const executionArn = child?.executionArn ?? '';
  expect(await served.ended(executionArn)).toMatchObject({
    input: '2',
    error: 'Even',
    redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
  });
  expect(await served.events(executionArn)).toContain('FailStateEntered');
  expect(
    await served.client.send(new DescribeStateMachineForExecutionCommand({ executionArn })),
  ).toMatchObject({ mapRunArn: run?.mapRunArn, label: 'each' });
  const ofMachine = new ListExecutionsCommand({ stateMachineArn: machineArn('Counted') });
  expect((await served.client.send(ofMachine)).executions).toHaveLength(1);
});

it('changes the bounds of a Map Run under way, and of no other', async () => {
  const work: State = { Type: 'Task', Resource: activityArn, End: true };
  const arn = await served.start(
    await served.create('Bounded', mapped(work, { MaxConcurrency: 1 })),
    [1, 2, 3],
  );
  const take = () => served.client.send(new GetActivityTaskCommand({ activityArn }));
  const first = await take();
  const [run] = await runsOf(arn);
  const { mapRunArn } = run ?? {};
  expect((await described(mapRunArn)).executionCounts).toMatchObject({ running: 1, pending: 2 });
  await served.client.send(
    new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 2, toleratedFailureCount: 1 }),
  );
  expect(await described(mapRunArn)).toMatchObject({ maxConcurrency: 2, toleratedFailureCount: 1 });
  await served.client.send(new SendTaskSuccessCommand({ taskToken: first.taskToken, output: '1' }));
  const rest = [await take(), await take()];
  expect((await described(mapRunArn)).executionCounts).toMatchObject({
    running: 2,
    pending: 0,
    succeeded: 1,
  });
  for (const { taskToken } of rest)
    await served.client.send(new SendTaskSuccessCommand({ taskToken, output: '2' }));
  expect(await served.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[1,2,2]' });
  await expect(
    served.client.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 2 })),
  ).rejects.toMatchObject({ name: 'ValidationException', reason: 'CANNOT_UPDATE_COMPLETED_MAP_RUN' });
});

it('aborts a Map Run and its children with the execution', async () => {
  const work: State = { Type: 'Task', Resource: activityArn, End: true };
  const arn = await served.start(await served.create('Stopped', mapped(work, { MaxConcurrency: 1 })), [1, 2]);
  await served.client.send(new GetActivityTaskCommand({ activityArn }));
  const [run] = await runsOf(arn);
  const { executions = [] } = await served.client.send(
    new ListExecutionsCommand({ mapRunArn: run?.mapRunArn }),
  );
  await served.client.send(new StopExecutionCommand({ executionArn: arn }));
  expect(await described(run?.mapRunArn)).toMatchObject({
    status: 'ABORTED',
    executionCounts: { aborted: 2, total: 2 },
  });
  expect(executions).toHaveLength(1);
  const { status } = await served.client.send(
    new DescribeExecutionCommand({ executionArn: executions[0]?.executionArn }),
  );
  expect(status).toBe('ABORTED');
});
