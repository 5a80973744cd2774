import { describe, expect, it } from 'vitest';
import { SimulationError, testState, type TestStateRequest } from '../../../../src/dsl/index.ts';

const invoke = 'arn:aws:states:::lambda:invoke';

const inspected = async (request: TestStateRequest) =>
  (await testState({ inspectionLevel: 'DEBUG', ...request })).inspectionData;

describe('a tested state', () => {
  it('comes to its output and the next state', async () => {
    const definition = {
      Type: 'Pass',
      QueryLanguage: 'JSONata',
      Output: '{% $states.input.a + 1 %}',
      Next: 'Then',
    };
    expect(await testState({ definition, input: { a: 1 } })).toEqual({
      status: 'SUCCEEDED',
      output: 2,
      nextState: 'Then',
    });
  });

  it('may be given as JSON text, with its input and variables', async () => {
    const definition = { Type: 'Pass', Parameters: { 'sum.$': 'States.MathAdd($.a, $b)' }, End: true };
    const result = await testState({
      definition: JSON.stringify(definition),
      input: '{ "a": 1 }',
      variables: '{ "b": 2 }',
    });
    expect(result.output).toEqual({ sum: 3 });
  });

  it('is found in a machine by its name, however deep, and takes the language of the machine', async () => {
    const inner = {
      StartAt: 'Each',
      States: { Each: { Type: 'Pass', Output: '{% $states.input * 2 %}', End: true } },
    };
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'All',
      States: { All: { Type: 'Map', ItemProcessor: inner, End: true } },
    };
    expect((await testState({ definition, stateName: 'Each', input: 4 })).output).toBe(8);
  });

  it('makes its call to what the options have', async () => {
    const definition = {
      Type: 'Task',
      Resource: invoke,
      Parameters: { FunctionName: 'Track', 'Payload.$': '$' },
      End: true,
    };
    const options = { functions: { Track: (event: unknown) => ({ event }) } };
    const { output } = await testState({ definition, input: { order: 'o-7' } }, options);
    expect(output).toMatchObject({ Payload: { event: { order: 'o-7' } } });
  });

  it('rejects with the state and the call when nobody answers it', async () => {
    const definition = { Type: 'Task', Resource: invoke, Parameters: { FunctionName: 'Track' }, End: true };
    await expect(testState({ definition })).rejects.toThrow(SimulationError);
    await expect(testState({ definition })).rejects.toThrow(/state 'StateName' invokes the function 'Track'/);
  });

  it('lets no real time pass in a Wait, and times out behind five minutes', async () => {
    const wait = (Seconds: number) => testState({ definition: { Type: 'Wait', Seconds, End: true } });
    expect(await wait(299)).toEqual({ status: 'SUCCEEDED', output: {} });
    expect(await wait(301)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('tells causes without the state and the event that they begin with', async () => {
    const definition = { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input.a %}', End: true };
    expect(await testState({ definition })).toEqual({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause:
        "The JSONata expression '$states.input.a' specified for the field 'Output' returned nothing (undefined).",
    });
  });

  it('fails when its output is too large, whatever it would catch', async () => {
    const definition = {
      Type: 'Task',
      QueryLanguage: 'JSONata',
      Resource: invoke,
      Arguments: { FunctionName: 'f' },
      Output: "{% $pad('', 300000, 'x') %}",
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
      End: true,
    };
    const { status, error } = await testState({
      definition,
      mock: { result: {}, fieldValidationMode: 'NONE' },
    });
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

describe('the context object of a tested state', () => {
  const definition = {
    Type: 'Task',
    QueryLanguage: 'JSONata',
    Resource: invoke,
    Arguments: { FunctionName: 'f' },
    Output: '{% $states.context %}',
    End: true,
  };
  const mock = { result: { StatusCode: 200 } };

  it('is that of an Express execution with made-up names, and the same for the same seed', async () => {
    const made = async () => (await testState({ definition, mock, input: [1], roleArn: 'arn:role' })).output;
    expect(await made()).toEqual({
      Execution: {
        Id: expect.stringMatching(
          /^arn:aws:states:us-east-1:000000000000:express:[0-9a-f-]+:[0-9a-f-]+$/,
        ) as string,
        Input: [1],
        Name: expect.any(String) as string,
        RoleArn: 'arn:role',
        StartTime: '2026-01-01T00:00:00.000Z',
      },
      StateMachine: {
        Id: expect.stringContaining(':stateMachine:') as string,
        Name: expect.any(String) as string,
      },
      State: { Name: 'StateName', EnteredTime: '2026-01-01T00:00:00.000Z', RetryCount: 0 },
    });
    expect(await made()).toEqual(await made());
  });

  it('is the given one, with nothing added', async () => {
    const context = { Execution: { Name: 'mine' } };
    expect((await testState({ definition, mock, context })).output).toEqual(context);
  });

  it('has a token for a task that waits for one', async () => {
    const waiting = { ...definition, Resource: `${invoke}.waitForTaskToken` };
    expect((await testState({ definition: waiting, mock: { result: {} } })).output).toHaveProperty(
      'Task.Token',
    );
  });

  it('knows how often the state was tried', async () => {
    const { output } = await testState({ definition, mock, stateConfiguration: { retrierRetryCount: 2 } });
    expect(output).toHaveProperty('State.RetryCount', 2);
  });
});

describe('inspection data', () => {
  it('shows each step of JSONPath', async () => {
    const definition = {
      Type: 'Task',
      Resource: invoke,
      InputPath: '$.in',
      Parameters: { FunctionName: 'f', 'Payload.$': '$.order' },
      ResultSelector: { 'id.$': '$.Payload.id' },
      ResultPath: '$.found',
      OutputPath: '$.found.id',
      Assign: { 'kept.$': '$.id' },
      End: true,
    };
    const input = { in: { order: 'o-7' } };
    expect(await inspected({ definition, input, mock: { result: { Payload: { id: 9 } } } })).toEqual({
      input,
      afterInputPath: { order: 'o-7' },
      afterParameters: { FunctionName: 'f', Payload: 'o-7' },
      result: { Payload: { id: 9 } },
      afterResultSelector: { id: 9 },
      afterResultPath: { ...input, found: { id: 9 } },
      variables: { kept: 9 },
    });
  });

  it('draws a random value once for all steps', async () => {
    const definition = {
      Type: 'Task',
      Resource: invoke,
      Parameters: { FunctionName: 'f' },
      ResultSelector: { 'id.$': 'States.UUID()' },
      End: true,
    };
    const request: TestStateRequest = { definition, inspectionLevel: 'TRACE', mock: { result: {} } };
    const { output, inspectionData } = await testState(request);
    expect(inspectionData?.afterResultSelector).toEqual(output);
  });

  it('shows the arguments of JSONata, and the variables behind the state', async () => {
    const definition = {
      Type: 'Task',
      QueryLanguage: 'JSONata',
      Resource: invoke,
      Arguments: { FunctionName: 'f', Payload: '{% { "n": $a } %}' },
      Assign: { b: '{% $a + 1 %}' },
      End: true,
    };
    expect(
      await inspected({ definition, variables: { a: 1 }, mock: { result: { StatusCode: 200 } } }),
    ).toEqual({
      input: {},
      afterArguments: { FunctionName: 'f', Payload: { n: 1 } },
      result: { StatusCode: 200 },
      variables: { a: 1, b: 2 },
    });
  });

  it('shows the exchange of an HTTP Task at level TRACE only', async () => {
    const Resource = 'arn:aws:states:::http:invoke';
    const Parameters = { ApiEndpoint: 'https://shop.test/orders', Method: 'POST', RequestBody: { id: 7 } };
    const definition = { Type: 'Task', Resource, Parameters, End: true };
    const reply = { StatusCode: 201, StatusText: 'Created', Headers: { etag: ['x'] }, ResponseBody: 'ok' };
    const options = { resources: { [Resource]: () => reply } };
    const traced = await testState({ definition, inspectionLevel: 'TRACE' }, options);
    expect(traced.inspectionData).toMatchObject({
      request: { protocol: 'https', method: 'POST', url: 'https://shop.test/orders', body: '{"id":7}' },
      response: {
        protocol: 'https',
        statusCode: '201',
        statusMessage: 'Created',
        headers: '{"etag":["x"]}',
        body: 'ok',
      },
    });
    expect(
      (await testState({ definition, inspectionLevel: 'DEBUG' }, options)).inspectionData,
    ).not.toHaveProperty('request');
  });
});
