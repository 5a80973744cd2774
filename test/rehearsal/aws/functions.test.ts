import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  InvokeCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type LambdaClient,
  type TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { refusalOf, rehearsedAccount, second } from './rehearsed-account.ts';

function reserve(lambda: LambdaClient, FunctionName: string, ReservedConcurrentExecutions: number) {
  return lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
}

async function reservation(lambda: LambdaClient, FunctionName: string) {
  return (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })))
    .ReservedConcurrentExecutions;
}

/** The refusal of a call that comes too fast or meets a frozen function. */
function throttleOf(call: Promise<unknown>): Promise<TooManyRequestsException> {
  return call.then(
    () => {
      throw new Error('the call was not refused');
    },
    (refusal: TooManyRequestsException) => refusal,
  );
}

const payload = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

test('lists functions by name, fifty a page at the most', async () => {
  const { aws, lambda } = await rehearsedAccount();
  const names = Array.from({ length: 120 }, (_, index) => `fn-${String(index).padStart(3, '0')}`);
  for (const name of [...names].reverse()) aws.functions.addFunction({ name, timeoutSeconds: 30 });
  const pages: string[][] = [];
  let Marker: string | undefined;
  do {
    const page = await lambda.send(new ListFunctionsCommand({ Marker, MaxItems: 200 }));
    pages.push((page.Functions ?? []).map(({ FunctionName = '' }) => FunctionName));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
  expect(pages.flat()).toEqual(names);
  const small = await lambda.send(new ListFunctionsCommand({ MaxItems: 2 }));
  expect(small.Functions).toHaveLength(2);
});

test('lists every published version where it is asked for all, with an ARN and a timeout of its own', async () => {
  const { aws, lambda } = await rehearsedAccount();
  aws.functions.addFunction({ name: 'mail', timeoutSeconds: 30, versions: [900, 60] });
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:mail';
  const { Functions: all } = await lambda.send(new ListFunctionsCommand({ FunctionVersion: 'ALL' }));
  expect(
    all?.map(({ FunctionName, FunctionArn, Version, Timeout }) => [
      FunctionName,
      FunctionArn,
      Version,
      Timeout,
    ]),
  ).toEqual([
    ['mail', `${arn}:$LATEST`, '$LATEST', 30],
    ['mail', `${arn}:1`, '1', 900],
    ['mail', `${arn}:2`, '2', 60],
  ]);
  const { Functions: latest } = await lambda.send(new ListFunctionsCommand({}));
  expect(latest?.map(({ FunctionArn, Timeout }) => [FunctionArn, Timeout])).toEqual([[arn, 30]]);
});

test('tells a function by name, ARN or partial ARN, with its timeout, tags and reservation', async () => {
  const { aws, lambda } = await rehearsedAccount();
  aws.functions.addFunction({
    name: 'orders-api',
    timeoutSeconds: 29,
    reservedConcurrency: 5,
    tags: { team: 'sales' },
  });
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:orders-api';
  for (const FunctionName of ['orders-api', arn, `${arn}:$LATEST`, '000000000000:function:orders-api']) {
    const found = await lambda.send(new GetFunctionCommand({ FunctionName }));
    expect(found.Configuration).toMatchObject({
      FunctionName: 'orders-api',
      FunctionArn: arn,
      Timeout: 29,
    });
    expect(found.Concurrency).toEqual({ ReservedConcurrentExecutions: 5 });
    expect(found.Tags).toEqual({ team: 'sales' });
  }
});

test('shows no reservation where there is none, and tells it from a reservation of zero', async () => {
  const { aws, lambda } = await rehearsedAccount();
  aws.functions.addFunction({ name: 'free', timeoutSeconds: 3 });
  aws.functions.addFunction({ name: 'stopped', timeoutSeconds: 3, reservedConcurrency: 0 });
  const free = await lambda.send(new GetFunctionCommand({ FunctionName: 'free' }));
  const stopped = await lambda.send(new GetFunctionCommand({ FunctionName: 'stopped' }));
  expect(free.Concurrency).toBeUndefined();
  expect(stopped.Concurrency).toEqual({ ReservedConcurrentExecutions: 0 });
  expect(await reservation(lambda, 'free')).toBeUndefined();
  expect(await reservation(lambda, 'stopped')).toBe(0);
  expect(aws.functions.snapshot().reservedConcurrency).toEqual({ free: null, stopped: 0 });
});

test('reserves concurrency and gives it back', async () => {
  const { aws, lambda } = await rehearsedAccount();
  aws.functions.addFunction({ name: 'orders-api', timeoutSeconds: 3 });
  const before = aws.functions.snapshot();
  const reserved = await reserve(lambda, 'orders-api', 7);
  expect(reserved.ReservedConcurrentExecutions).toBe(7);
  expect(await reservation(lambda, 'orders-api')).toBe(7);
  expect(aws.functions.snapshot()).not.toEqual(before);
  await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'orders-api' }));
  expect(await reservation(lambda, 'orders-api')).toBeUndefined();
  expect(aws.functions.snapshot()).toEqual(before);
});

test('refuses a reservation that leaves fewer than a hundred unreserved, but never zero', async () => {
  const { aws, lambda } = await rehearsedAccount({ accountConcurrency: 150 });
  aws.functions.addFunction({ name: 'a', timeoutSeconds: 3, reservedConcurrency: 30 });
  aws.functions.addFunction({ name: 'b', timeoutSeconds: 3 });
  expect(await refusalOf(reserve(lambda, 'b', 21))).toEqual({
    name: 'InvalidParameterValueException',
    message:
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  });
  await reserve(lambda, 'b', 20);
  await reserve(lambda, 'a', 30);
  const { aws: poor, lambda: poorLambda } = await rehearsedAccount({ accountConcurrency: 50 });
  poor.functions.addFunction({ name: 'a', timeoutSeconds: 3 });
  await reserve(poorLambda, 'a', 0);
});

test('refuses a reservation below zero and functions that are not there', async () => {
  const { aws, lambda } = await rehearsedAccount();
  aws.functions.addFunction({ name: 'a', timeoutSeconds: 3 });
  expect(await refusalOf(reserve(lambda, 'a', -1))).toMatchObject({ name: 'ValidationException' });
  const missing = [
    reserve(lambda, 'nowhere', 0),
    reservation(lambda, 'nowhere'),
    lambda.send(new GetFunctionCommand({ FunctionName: 'nowhere' })),
    lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'nowhere' })),
    lambda.send(new InvokeCommand({ FunctionName: 'nowhere' })),
  ];
  const refusals = await Promise.all(missing.map(refusalOf));
  expect(new Set(refusals.map(({ name }) => name))).toEqual(new Set(['ResourceNotFoundException']));
});

test('keeps the tags of functions', async () => {
  const { aws, lambda } = await rehearsedAccount();
  aws.functions.addFunction({ name: 'a', timeoutSeconds: 3, tags: { team: 'sales' } });
  const Resource = 'arn:aws:lambda:us-east-1:000000000000:function:a';
  await lambda.send(new TagResourceCommand({ Resource, Tags: { frozen: 'yes' } }));
  await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['team'] }));
  expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ frozen: 'yes' });
  expect(aws.functions.snapshot().tags).toEqual({ a: { frozen: 'yes' } });
});

test('runs a function and gives back what it answers', async () => {
  const { aws, lambda } = await rehearsedAccount();
  aws.functions.addFunction({
    name: 'double',
    timeoutSeconds: 3,
    run: (input) => Promise.resolve({ doubled: 2 * (input as { n: number }).n }),
  });
  aws.functions.addFunction({ name: 'idle', timeoutSeconds: 3 });
  const answer = await lambda.send(
    new InvokeCommand({ FunctionName: 'double', Payload: payload({ n: 21 }) }),
  );
  expect(answer.StatusCode).toBe(200);
  expect(answer.FunctionError).toBeUndefined();
  expect(answer.Payload?.transformToString()).toBe('{"doubled":42}');
  const nothing = await lambda.send(new InvokeCommand({ FunctionName: 'idle' }));
  expect(nothing.Payload?.transformToString()).toBe('null');
});

test('reports a function that throws as a function error, not as a failed call', async () => {
  const { aws, lambda } = await rehearsedAccount();
  aws.functions.addFunction({
    name: 'broken',
    timeoutSeconds: 3,
    run: () => Promise.reject(new RangeError('too far')),
  });
  const answer = await lambda.send(new InvokeCommand({ FunctionName: 'broken' }));
  expect(answer.FunctionError).toBe('Unhandled');
  expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({
    errorType: 'RangeError',
    errorMessage: 'too far',
  });
});

test('refuses to invoke a frozen function, until it is thawed', async () => {
  const { aws, lambda } = await rehearsedAccount();
  let runs = 0;
  aws.functions.addFunction({
    name: 'orders-api',
    timeoutSeconds: 3,
    reservedConcurrency: 0,
    run: () => Promise.resolve((runs += 1)),
  });
  const invoke = (InvocationType: 'RequestResponse' | 'Event' | 'DryRun') =>
    lambda.send(new InvokeCommand({ FunctionName: 'orders-api', InvocationType }));
  const refusal = await throttleOf(invoke('RequestResponse'));
  expect(refusal.name).toBe('TooManyRequestsException');
  expect(refusal.Reason).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
  expect(refusal.$metadata.httpStatusCode).toBe(429);
  expect((await invoke('Event')).StatusCode).toBe(202);
  expect((await invoke('DryRun')).StatusCode).toBe(204);
  expect(runs).toBe(0);
  await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'orders-api' }));
  await invoke('RequestResponse');
  await invoke('Event');
  expect(runs).toBe(2);
});

test('refuses control-plane calls above fifteen a second, GetFunction above a hundred', async () => {
  const { aws, clock, lambda } = await rehearsedAccount();
  aws.functions.addFunction({ name: 'a', timeoutSeconds: 3 });
  const get = () => lambda.send(new GetFunctionCommand({ FunctionName: 'a' }));
  for (let call = 0; call < 14; call += 1) await reservation(lambda, 'a');
  await reserve(lambda, 'a', 0);
  const refusal = await throttleOf(reserve(lambda, 'a', 1));
  expect(refusal.name).toBe('TooManyRequestsException');
  expect(refusal.Reason).toBe('CallerRateLimitExceeded');
  expect(refusal.$metadata.httpStatusCode).toBe(429);
  for (let call = 0; call < 100; call += 1) await get();
  expect(await refusalOf(get())).toMatchObject({ name: 'TooManyRequestsException' });

  clock.pass(second / 5);
  for (let call = 0; call < 3; call += 1) expect(await reservation(lambda, 'a')).toBe(0);
  expect(await refusalOf(reservation(lambda, 'a'))).toMatchObject({ name: 'TooManyRequestsException' });
  clock.pass(3600 * second);
  for (let call = 0; call < 15; call += 1) await reservation(lambda, 'a');
  expect(await refusalOf(reservation(lambda, 'a'))).toMatchObject({ name: 'TooManyRequestsException' });
});

test('never throttles Invoke by rate, nor anything when told not to limit', async () => {
  const { aws, lambda } = await rehearsedAccount({ limitControlPlane: false });
  aws.functions.addFunction({ name: 'a', timeoutSeconds: 3 });
  for (let call = 0; call < 40; call += 1) await reservation(lambda, 'a');
  const { aws: limited, lambda: limitedLambda } = await rehearsedAccount();
  limited.functions.addFunction({ name: 'a', timeoutSeconds: 3 });
  for (let call = 0; call < 40; call += 1) await limitedLambda.send(new InvokeCommand({ FunctionName: 'a' }));
  expect(limited.callLog.calls('Lambda.Invoke')).toBe(40);
});

test('refuses an operation that it does not have', async () => {
  const { lambda } = await rehearsedAccount();
  const call = lambda.send(new PublishVersionCommand({ FunctionName: 'a' }));
  const { name, message } = await refusalOf(call);
  expect(name).toBe('UnknownOperationException');
  expect(message).toContain('/functions/a/versions');
});

test('refuses a second function of one name', async () => {
  const { aws } = await rehearsedAccount();
  aws.functions.addFunction({ name: 'a', timeoutSeconds: 3 });
  expect(() => aws.functions.addFunction({ name: 'a', timeoutSeconds: 3 })).toThrow('function a');
});
