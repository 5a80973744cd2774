import { afterEach, describe, expect, it } from 'vitest';
import { lambdaAt, simulate } from '../../../src/dsl/index.ts';
import { httpServer, type HeardRequest, type HttpAnswer } from '../../support/http-server.ts';
import { machineOf } from './machines.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const serve = async (answer: (request: HeardRequest) => HttpAnswer | Promise<HttpAnswer>) => {
  const server = await httpServer(answer);
  closing.push(server.close);
  return server;
};

const invoking = (rest: object = {}) =>
  machineOf({
    Charge: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'charge:live', Payload: { order: 'o-7' } },
      Output: '{% $states.result.Payload %}',
      End: true,
      ...rest,
    },
  });

describe('a Lambda function behind an endpoint', () => {
  it('is invoked by its name, and its answer is the result', async () => {
    const { url, heard } = await serve(() => ({ body: '{"receipt":"r-1"}' }));
    const { output } = await simulate(invoking(), {}, { lambdaEndpoint: url });
    expect(output).toEqual({ receipt: 'r-1' });
    expect(heard).toMatchObject([
      {
        method: 'POST',
        path: '/2015-03-31/functions/charge/invocations',
        headers: { 'x-amz-invocation-type': 'RequestResponse' },
        body: '{"order":"o-7"}',
      },
    ]);
  });

  it('may be one that stands alone, under whatever name', async () => {
    const { url, heard } = await serve(() => ({ body: '1' }));
    const own = `${url}/2015-03-31/functions/function/invocations`;
    const direct = { Resource: 'arn:aws:lambda:us-east-1:1:function:charge', Output: '{% $states.result %}' };
    const functions = { charge: lambdaAt(own) };
    expect((await simulate(invoking(direct), {}, { functions })).output).toBe(1);
    expect(heard[0]).toMatchObject({ path: '/2015-03-31/functions/function/invocations' });
  });

  it('may be beside others that are in this process', async () => {
    const { url, heard } = await serve(() => ({ body: '"there"' }));
    const functions = { charge: () => 'here', pack: lambdaAt(url, 'packing') };
    const options = { functions, lambdaEndpoint: url };
    const of = async (FunctionName: string) =>
      (await simulate(invoking({ Arguments: { FunctionName } }), {}, options)).output;
    expect(await of('charge')).toBe('here');
    expect(await of('ship')).toBe('there');
    expect(await of('pack')).toBe('there');
    expect(heard.map(({ path }) => path.split('/')[3])).toEqual(['ship', 'packing']);
  });

  it.each<[what: string, answer: HttpAnswer, failure: { error: string; cause: string }]>([
    [
      'it raises',
      {
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: '{"errorMessage": "too much", "errorType": "CardDeclined", "stackTrace": []}',
      },
      {
        error: 'CardDeclined',
        cause: '{"errorMessage":"too much","errorType":"CardDeclined","stackTrace":[]}',
      },
    ],
    [
      'an emulator tells without a header that it raises',
      { body: '{"errorType":"Error","errorMessage":"failure","trace":["Error: failure"]}' },
      { error: 'Error', cause: '{"errorType":"Error","errorMessage":"failure","trace":["Error: failure"]}' },
    ],
    [
      'it does not say what went wrong',
      {
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: '{"errorMessage":"Task timed out after 3.00 seconds"}',
      },
      {
        error: 'Lambda.Unknown',
        cause:
          'The cause could not be determined because Lambda did not return an error type. ' +
          'Returned payload: {"errorMessage":"Task timed out after 3.00 seconds"}',
      },
    ],
    [
      'its answer is no JSON, as of an emulated one that timed out',
      { body: 'Task timed out after 1.00 seconds' },
      {
        error: 'Lambda.Unknown',
        cause:
          'The cause could not be determined because Lambda did not return an error type. ' +
          'Returned payload: Task timed out after 1.00 seconds',
      },
    ],
    [
      'the service refuses the call',
      {
        status: 404,
        headers: {
          'x-amzn-errortype': 'ResourceNotFoundException:http://lambda',
          'x-amzn-requestid': 'id-1',
        },
        body: '{"Type":"User","Message":"Function not found: charge"}',
      },
      {
        error: 'Lambda.ResourceNotFoundException',
        cause:
          'Function not found: charge (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; ' +
          'Request ID: id-1; Proxy: null)',
      },
    ],
  ])('fails its task when %s', async (_what, answer, failure) => {
    const { url } = await serve(() => answer);
    expect(await simulate(invoking(), {}, { lambdaEndpoint: url })).toMatchObject({
      status: 'FAILED',
      ...failure,
    });
  });

  it('gives what only looks like an error', async () => {
    const body = '{"errorType":"soft","errorMessage":"m","amount":1}';
    const { url } = await serve(() => ({ body }));
    expect((await simulate(invoking(), {}, { lambdaEndpoint: url })).output).toEqual(JSON.parse(body));
  });

  it('is retried and caught by the name of its error', async () => {
    let calls = 0;
    const { url } = await serve(() => {
      calls += 1;
      return calls < 3 ? { body: '{"errorType":"Busy","errorMessage":""}' } : { body: '"paid"' };
    });
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 60, BackoffRate: 1 }];
    const result = await simulate(invoking({ Retry }), {}, { lambdaEndpoint: url });
    expect(result).toMatchObject({ output: 'paid', virtualMilliseconds: 120_000 });
  });

  it('that nobody serves rejects the simulation', async () => {
    const { url, close } = await httpServer(() => ({}));
    await close();
    await expect(simulate(invoking(), {}, { lambdaEndpoint: url })).rejects.toThrow(
      `nobody answers at ${url}/2015-03-31/functions/charge/invocations: `,
    );
  });

  it('is at no URL that is none', () => {
    expect(() => lambdaAt('localhost:9000')).toThrow(
      "'localhost:9000' is no endpoint; write it as http://host:port",
    );
  });
});
