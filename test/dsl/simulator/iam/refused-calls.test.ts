import { describe, expect, it } from 'vitest';
import type { Json, MapState, StateMachine } from '../../../../src/dsl/asl/machine.ts';
import type { PolicyStatement } from '../../../../src/dsl/asl/policy-document.ts';
import { VirtualClock } from '../../../../src/dsl/simulator/clock.ts';
import { RolePolicy } from '../../../../src/dsl/simulator/iam/role-policy.ts';
import { simulate, type SimulationOptions, startSimulation } from '../../../../src/dsl/simulator/simulate.ts';
import { distributing, invoking, machineOf } from '../machines.ts';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const allowing = (Action: string | string[], Resource: string | string[] = '*') =>
  new RolePolicy([{ Effect: 'Allow', Action, Resource }]);
const nothing = () => allowing('sns:ListTopics');

/** The principal and IAM's words, as AWS writes them. */
const unauthorised = (
  action: string,
  resource: string,
  role = 'arn:aws:sts::000000000000:assumed-role/Main',
) =>
  `User: ${role}/run is not authorized to perform: ${action} on resource: ${resource} ` +
  `because no identity-based policy allows the ${action} action`;
const REQUEST = 'Request ID: 00000000-0000-0000-0000-000000000000';

const run = (machine: StateMachine, policy: RolePolicy, more: SimulationOptions = {}) =>
  simulate(machine, {}, { name: 'Main', executionName: 'run', policy, ...more });

/** A machine of one call, and a world that answers it. */
const calling = (Resource: string, Arguments: Json, more: object = {}) =>
  machineOf({
    Call: { Type: 'Task', Resource: `arn:aws:states:::${Resource}`, Arguments, End: true, ...more },
  });
const answering = (resource: string) => ({
  resources: { [`arn:aws:states:::${resource}`]: () => ({ ok: true }) },
});

describe('a call that the role may not make', () => {
  const functions = { Pay: () => 'paid' };
  const pay = machineOf({ Call: { ...invoking('Pay'), End: true } });

  it('fails as Lambda refuses, and the function is not run', async () => {
    let runs = 0;
    const result = await run(pay, nothing(), { functions: { Pay: () => (runs += 1) } });
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'Lambda.AWSLambdaException',
      cause:
        `${unauthorised('lambda:InvokeFunction', arn('lambda', 'function:Pay'))} (Service: AWSLambda; Status Code: 403; ` +
        `Error Code: AccessDeniedException; ${REQUEST}; Proxy: null)`,
    });
    expect(runs).toBe(0);
    expect(result.history.map(({ type }) => type)).toContain('TaskFailed');
  });

  it('is not made under the policy of a role that nobody has', async () => {
    const given = { functions, policies: { Mian: nothing() }, machines: { Refund: pay } };
    await expect(simulate(pay, {}, { name: 'Main', ...given })).rejects.toThrow(
      "options.policies has 'Mian', which is neither a role's ARN nor one of the state machines Main, Refund",
    );
  });

  it('is made when it is allowed', async () => {
    const policy = allowing('lambda:InvokeFunction', arn('lambda', 'function:Pay'));
    expect(await run(pay, policy, { functions })).toMatchObject({ status: 'SUCCEEDED' });
    expect([policy.unused(), policy.refused()]).toEqual([[], []]);
  });

  it('is not made under a policy that forbids it', async () => {
    const policy = new RolePolicy([
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'lambda:*', Resource: '*' },
    ]);
    const { cause } = await run(pay, policy, { functions });
    expect(cause).toContain(
      `function:Pay with an explicit deny in an identity-based policy (Service: AWSLambda`,
    );
  });

  it('needs a policy for the version that it names', async () => {
    const versioned = machineOf({ Call: { ...invoking('Pay:7'), End: true } });
    const bare = arn('lambda', 'function:Pay');
    expect(await run(versioned, allowing('lambda:*', bare), { functions })).toMatchObject({
      status: 'FAILED',
    });
    expect(await run(versioned, allowing('lambda:*', `${bare}:7`), { functions })).toMatchObject({
      status: 'SUCCEEDED',
    });
  });

  it('can be tried again and caught like any failure', async () => {
    const machine = machineOf({
      Call: {
        ...invoking('Pay'),
        Retry: [
          { ErrorEquals: ['Lambda.AWSLambdaException'], IntervalSeconds: 5, MaxAttempts: 2, BackoffRate: 1 },
        ],
        Catch: [
          { ErrorEquals: ['States.TaskFailed'], Next: 'Caught', Output: '{% $states.errorOutput.Error %}' },
        ],
        End: true,
      },
      Caught: { Type: 'Succeed' },
    });
    const result = await run(machine, nothing(), { functions });
    expect(result).toMatchObject({ output: 'Lambda.AWSLambdaException', virtualMilliseconds: 10_000 });
  });

  it('fails a direct call of a function in its own events', async () => {
    const resource = arn('lambda', 'function:Pay');
    const machine = machineOf({ Call: { Type: 'Task', Resource: resource, End: true } });
    const result = await run(machine, nothing(), { functions });
    expect(result.error).toBe('Lambda.AWSLambdaException');
    expect(result.history.map(({ type }) => type)).toContain('LambdaFunctionFailed');
  });

  it.each<[string, Json, string, string]>([
    [
      'aws-sdk:dynamodb:describeTable',
      { TableName: 'orders' },
      'DynamoDb.DynamoDbException',
      `(Service: DynamoDb, Status Code: 400, ${REQUEST})`,
    ],
    ['aws-sdk:sfn:listActivities', {}, 'Sfn.SfnException', '(Service: Sfn, Status Code: 400'],
    ['aws-sdk:lambda:listFunctions', {}, 'Lambda.LambdaException', '(Service: Lambda, Status Code: 403'],
    ['aws-sdk:nothinglikeit:getThing', {}, 'States.Permissions', 'nothinglikeit:GetThing action'],
    [
      'dynamodb:getItem',
      { TableName: 'orders', Key: {} },
      'DynamoDB.AmazonDynamoDBException',
      'Service: AmazonDynamoDBv2;',
    ],
    [
      'sns:publish',
      { TopicArn: 't', Message: 'm' },
      'SNS.AuthorizationErrorException',
      'Error Code: AuthorizationError',
    ],
    [
      'sqs:sendMessage',
      { QueueUrl: 'q', MessageBody: 'm' },
      'SQS.AmazonSQSException',
      'Error Code: AccessDenied;',
    ],
    ['events:putEvents', { Entries: [{}] }, 'EventBridge.AmazonEventBridgeException', 'event-bus/default'],
    ['glue:startJobRun.sync', { JobName: 'j' }, 'States.Permissions', 'glue:StartJobRun'],
  ])('%s fails under the name of its kind', async (...[resource, args, error, words]) => {
    const result = await run(calling(resource, args), nothing(), answering(resource));
    expect(result.error).toBe(error);
    expect(result.cause).toContain(words);
  });

  it('has no answer when the policy depends on what is not known', async () => {
    const Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };
    const policy = new RolePolicy([{ Sid: 'Ours', Effect: 'Allow', Action: '*', Resource: '*', Condition }]);
    await expect(run(pay, policy, { functions })).rejects.toThrow(
      "Ours: the simulator does not know the value of 'aws:PrincipalOrgID'",
    );
  });

  it('knows the time, the region and the role of a call', async () => {
    const Condition = {
      StringEquals: { 'aws:RequestedRegion': 'us-east-1', 'aws:PrincipalAccount': '${aws:ResourceAccount}' },
      ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::000000000000:role/Main' },
      DateLessThan: { 'aws:CurrentTime': '2026-01-01T01:00:00Z' },
    };
    const policy = () => new RolePolicy([{ Effect: 'Allow', Action: '*', Resource: '*', Condition }]);
    const late = machineOf({ Pause: { Type: 'Wait', Seconds: 3600, Next: 'Call' }, ...pay.States });
    expect(await run(pay, policy(), { functions })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await run(late, policy(), { functions })).toMatchObject({ error: 'Lambda.AWSLambdaException' });
  });
});

describe('a task under another role', () => {
  const role = 'arn:aws:iam::222222222222:role/Partner';
  const machine = machineOf({ Call: { ...invoking('Pay'), Credentials: { RoleArn: role }, End: true } });
  const functions = { Pay: () => 'paid' };
  const own = () => allowing('sts:AssumeRole', role);

  it('needs that the machine may take the role', async () => {
    const result = await run(machine, allowing('lambda:*'), { functions });
    expect(result).toMatchObject({
      error: 'States.TaskFailed',
      cause: `The role arn:aws:iam::000000000000:role/Main is not authorized to assume the task state's role, ${role}.`,
    });
  });

  it('is then judged by that role, in its account', async () => {
    const theirs = 'arn:aws:lambda:us-east-1:222222222222:function:Pay';
    expect(await run(machine, own(), { functions })).toMatchObject({ status: 'SUCCEEDED' });
    const refused = await run(machine, own(), { functions, policies: { [role]: nothing() } });
    const principal = 'arn:aws:sts::222222222222:assumed-role/Partner';
    expect(refused.cause).toContain(unauthorised('lambda:InvokeFunction', theirs, principal));
    const policies = { [role]: allowing('lambda:InvokeFunction', theirs) };
    expect(await run(machine, own(), { functions, policies })).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('a child execution', () => {
  const starting = (pattern: string, more: object = {}) =>
    calling(`states:startExecution${pattern}`, { StateMachineArn: '${Child}', Name: 'c' }, more);
  const machines = { Child: machineOf({ Pause: { Type: 'Wait', Seconds: 60, End: true } }) };
  const child = arn('states', 'stateMachine:Child');
  const childRun = arn('states', 'execution:Child:c');
  const rule = {
    Effect: 'Allow' as const,
    Action: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
    Resource: arn('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule'),
  };
  const start = { Effect: 'Allow' as const, Action: 'states:StartExecution', Resource: child };
  const watch = (Action: string | string[]) => ({ Effect: 'Allow' as const, Action, Resource: childRun });

  it('needs StartExecution on its machine', async () => {
    const result = await run(starting(''), nothing(), { machines });
    expect(result).toMatchObject({
      error: 'StepFunctions.AWSStepFunctionsException',
      cause: expect.stringContaining(unauthorised('states:StartExecution', child)),
    });
    expect(result.children).toEqual([]);
    expect(await run(starting(''), new RolePolicy([start]), { machines })).toMatchObject({
      status: 'SUCCEEDED',
    });
  });

  it('is not waited for by a machine that could not be created so', async () => {
    await expect(run(starting('.sync:2'), new RolePolicy([start]), { machines })).rejects.toThrow(
      "state machine 'Main': its role is not authorized to create managed-rule; allow it events:PutTargets on " +
        rule.Resource,
    );
  });

  it('is not seen by a role that may not describe it', async () => {
    const result = await run(starting('.sync'), new RolePolicy([rule, start]), { machines });
    expect(result.cause).toContain(unauthorised('states:DescribeExecution', childRun));
    expect(result.children).toMatchObject([{ status: 'SUCCEEDED' }]);
  });

  it('runs on when the role of its parent may not stop it', async () => {
    const parent = starting('.sync:2', { TimeoutSeconds: 10 });
    const statements = [rule, start, watch('states:DescribeExecution')];
    const unstopped = new RolePolicy(statements);
    expect((await run(parent, unstopped, { machines })).children).toMatchObject([
      { status: 'SUCCEEDED', virtualMilliseconds: 60_000 },
    ]);
    expect(unstopped.refused()).toEqual([
      { machine: 'Main', state: 'Call', action: 'states:StopExecution', resource: childRun },
    ]);
    const stopped = new RolePolicy([...statements, watch('states:StopExecution')]);
    expect((await run(parent, stopped, { machines })).children).toMatchObject([
      { status: 'ABORTED', virtualMilliseconds: 10_000 },
    ]);
  });

  it('is under the policy of its own machine', async () => {
    const nested = { Child: machineOf({ Call: { ...invoking('Pay'), End: true } }) };
    const policies = { Child: nothing() };
    const result = await run(starting(''), new RolePolicy([start]), {
      machines: nested,
      policies,
      functions: { Pay: () => 1 },
    });
    expect(result.children).toMatchObject([{ status: 'FAILED', error: 'Lambda.AWSLambdaException' }]);
  });
});

describe('a distributed Map', () => {
  const machine = distributing({ Call: { ...invoking('Pay'), End: true } }, { Items: [1, 2] });
  const functions = { Pay: () => 'paid' };
  const children = (more: string) => arn('states', `execution:Main${more}`);
  const start = {
    Effect: 'Allow' as const,
    Action: 'states:StartExecution',
    Resource: arn('states', 'stateMachine:Main'),
  };
  const invoke = { Effect: 'Allow' as const, Action: 'lambda:InvokeFunction', Resource: '*' };

  it('needs that its role may start executions of its own machine', async () => {
    const result = await run(machine, new RolePolicy([invoke]), { functions });
    expect(result.error).toBe('States.Permissions');
    expect(result.cause).toBe(unauthorised('states:StartExecution', start.Resource));
    expect(result.history.map(({ type }) => type)).toContain('MapRunFailed');
  });

  it.each([':*', '/*', '/Each:*'])('may describe its children by %s', async (pattern) => {
    const describe = {
      Effect: 'Allow' as const,
      Action: 'states:DescribeExecution',
      Resource: children(pattern),
    };
    expect(await run(machine, new RolePolicy([start, invoke, describe]), { functions })).toMatchObject({
      status: 'SUCCEEDED',
    });
    expect(await run(machine, new RolePolicy([start, invoke]), { functions })).toMatchObject({
      status: 'FAILED',
    });
  });

  it('makes the calls of its children under the same role', async () => {
    const describe = {
      Effect: 'Allow' as const,
      Action: 'states:DescribeExecution',
      Resource: children(':*'),
    };
    const policy = new RolePolicy([start, describe]);
    const one = { ...machine, States: { Each: { ...machine.States['Each'], Items: [1] } as MapState } };
    const result = await run(one, policy, { functions });
    expect(result.error).toBe('States.ExceedToleratedFailureThreshold');
    expect(policy.refused()).toEqual([
      {
        machine: 'Main',
        state: 'Call',
        action: 'lambda:InvokeFunction',
        resource: arn('lambda', 'function:Pay'),
      },
    ]);
  });

  it('cannot stop its children if its role may not', async () => {
    const failing = distributing(
      {
        Which: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input = 1 %}', Next: 'Stop' }],
          Default: 'Pause',
        },
        Stop: { Type: 'Fail', Error: 'Oops' },
        Pause: { Type: 'Wait', Seconds: 60, End: true },
      },
      { Items: [1, 2] },
    );
    const statements = [
      start,
      { Effect: 'Allow' as const, Action: 'states:DescribeExecution', Resource: '*' },
    ];
    const ends = async (policy: RolePolicy) =>
      (await run(failing, policy)).children.map(({ status }) => status);
    expect(await ends(new RolePolicy(statements))).toEqual(['FAILED', 'SUCCEEDED']);
    const stop = { Effect: 'Allow' as const, Action: 'states:StopExecution', Resource: children('/Each:*') };
    expect(await ends(new RolePolicy([...statements, stop]))).toEqual(['FAILED', 'ABORTED']);
  });

  it('redrives its children if its role may', async () => {
    const own = {
      Effect: 'Allow' as const,
      Action: ['states:StartExecution', 'states:DescribeExecution'],
      Resource: '*',
    };
    const redriven = async (...more: PolicyStatement[]) => {
      const clock = new VirtualClock();
      const policy = new RolePolicy([own, invoke, ...more]);
      let broken = true;
      const pay = () => {
        if (broken) throw new Error('not yet');
        return 'paid';
      };
      const options = { clock, name: 'Main', policy, functions: { Pay: pay } };
      const running = startSimulation(machine, {}, options);
      expect(await clock.runUntil(running.result)).toMatchObject({ status: 'FAILED' });
      broken = false;
      return clock.runUntil(running.redrive().result);
    };
    expect(await redriven()).toMatchObject({
      error: 'States.Permissions',
      cause: expect.stringContaining('is not authorized to perform: states:RedriveExecution'),
    });
    const redrive = { Effect: 'Allow' as const, Action: 'states:RedriveExecution', Resource: children('/*') };
    expect(await redriven(redrive)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('reads and writes in S3 what its role may', async () => {
    const reading = distributing(
      { Pass: { Type: 'Pass', End: true } },
      {
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'JSON' },
          Arguments: { Bucket: 'b', Key: 'in/a.json' },
        },
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Arguments: { Bucket: 'b', Prefix: 'out' },
        },
      },
    );
    const s3 = () => ({ objects: { 'b/in/a.json': '[1]' } });
    const states = ['states:StartExecution', 'states:DescribeExecution'];
    const read = { Effect: 'Allow' as const, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/in/*' };
    const write = {
      Effect: 'Allow' as const,
      Action: ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      Resource: 'arn:aws:s3:::b/out/*',
    };
    const own = { Effect: 'Allow' as const, Action: states, Resource: '*' };
    expect(await run(reading, new RolePolicy([own, write]), { s3: s3() })).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: expect.stringContaining('s3:GetObject on resource: arn:aws:s3:::b/in/a.json'),
    });
    expect(await run(reading, new RolePolicy([own, read]), { s3: s3() })).toMatchObject({
      error: 'States.ResultWriterFailed',
    });
    const whole = new RolePolicy([own, read, write]);
    expect(await run(reading, whole, { s3: s3() })).toMatchObject({ status: 'SUCCEEDED' });
    expect(whole.unused()).toEqual([]);
    expect(
      await run(reading, new RolePolicy([own, read, { ...write, Action: 's3:PutObject' }]), { s3: s3() }),
    ).toMatchObject({
      status: 'SUCCEEDED',
    });
  });
});

it('lets the role stop what it waits for when its execution is stopped', async () => {
  const clock = new VirtualClock();
  const machine = calling('states:startExecution.sync:2', { StateMachineArn: '${Child}', Name: 'c' });
  const policy = allowing(['events:*', 'states:*']);
  const machines = { Child: machineOf({ Pause: { Type: 'Wait', Seconds: 60, End: true } }) };
  const running = startSimulation(machine, {}, { clock, machines, policy });
  clock.schedule(clock.now() + 5000, () => running.stop());
  const { status, children } = await clock.runUntil(running.result);
  expect([status, children[0]?.status]).toEqual(['ABORTED', 'ABORTED']);
});
