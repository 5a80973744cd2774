import type { State, StateMachine } from '../../../../src/dsl/asl/machine.ts';

const jsonPath = (States: { readonly [name: string]: State }): StateMachine => ({
  StartAt: Object.keys(States)[0] as string,
  States,
});
const jsonata = (States: { readonly [name: string]: State }): StateMachine => ({
  QueryLanguage: 'JSONata',
  ...jsonPath(States),
});

const pass: State = { Type: 'Pass', End: true };
const distributed = {
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  StartAt: 'Each',
  States: { Each: pass },
} as const;

/** Sound machines of both languages, which together have every type of state and every field. */
export const pool: readonly StateMachine[] = [
  jsonata({
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'echo', Payload: { v: '{% $states.input.a %}' } },
      TimeoutSeconds: 60,
      HeartbeatSeconds: '{% 5 * 2 %}',
      Retry: [
        { ErrorEquals: ['States.Timeout', 'Odd'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 1.5 },
        { ErrorEquals: ['States.ALL'], MaxDelaySeconds: 9, JitterStrategy: 'FULL' },
      ],
      Catch: [
        { ErrorEquals: ['States.ALL'], Assign: { e: '{% $states.errorOutput %}' }, Output: 1, Next: 'Way' },
      ],
      Assign: { reply: '{% $states.result.Payload %}', n: '{% $count($states.input.list) %}' },
      Output: { list: '{% $states.input.list %}', reply: '{% $states.result %}' },
      Next: 'Way',
    },
    Way: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $exists($n) and $n > 9 %}', Next: 'Stop', Assign: { n: 0 } },
        { Condition: '{% $states.input.list[0] = "x" %}', Next: 'Rest' },
      ],
      Default: 'Rest',
      Output: '{% $states.input %}',
    },
    Rest: { Type: 'Wait', Seconds: '{% 60 %}', Next: 'Until' },
    Until: { Type: 'Wait', Timestamp: '2026-02-03T04:05:06Z', Next: 'Split' },
    Split: {
      Type: 'Parallel',
      Arguments: { both: '{% $states.input %}' },
      Branches: [
        { StartAt: 'One', States: { One: pass } },
        { StartAt: 'Two', States: { Two: { Type: 'Succeed', Output: '{% [1..3].($ * 2) %}' } } },
      ],
      Next: 'Over',
    },
    Over: {
      Type: 'Map',
      Items: '{% [1, "a", null] %}',
      ItemSelector: { i: '{% $states.context.Map.Item.Index %}', v: '{% $states.context.Map.Item.Value %}' },
      MaxConcurrency: '{% 2 %}',
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: 'Each', States: { Each: pass } },
      End: true,
    },
    Stop: { Type: 'Fail', Error: '{% "Odd" %}', Cause: 'because' },
  }),
  jsonPath({
    Shape: {
      Type: 'Pass',
      InputPath: '$',
      Parameters: {
        'list.$': '$.list',
        'text.$': "States.Format('{}-{}', $.a, $$.State.Name)",
        'sum.$': 'States.MathAdd($.n, 1)',
        'found.$': '$.list[?(@.k > 1)].k',
      },
      ResultPath: '$.shaped',
      OutputPath: '$',
      Assign: { 'kept.$': '$.shaped', plain: 1 },
      Next: 'Ask',
    },
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:000000000000:function:echo',
      TimeoutSecondsPath: '$.n',
      ResultSelector: { 'got.$': '$' },
      ResultPath: '$.reply',
      Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1 }],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Way' }],
      Next: 'Way',
    },
    Way: {
      Type: 'Choice',
      Choices: [
        {
          And: [{ Variable: '$.n', NumericGreaterThan: 1e3 }, { Not: { Variable: '$.a', IsNull: true } }],
          Next: 'Stop',
        },
        { Variable: '$.a', StringMatches: '*x*', Next: 'Rest' },
        {
          Or: [
            { Variable: '$.a', IsPresent: true },
            { Variable: '$.t', TimestampEqualsPath: '$.t' },
          ],
          Next: 'Rest',
        },
      ],
      Default: 'Rest',
    },
    Rest: { Type: 'Wait', SecondsPath: '$.n', Next: 'Split' },
    Split: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'One', States: { One: pass } }],
      ResultSelector: { 'one.$': '$[0]' },
      Next: 'Over',
    },
    Over: {
      Type: 'Map',
      ItemsPath: '$.one.list',
      ItemSelector: { 'v.$': '$$.Map.Item.Value', 'id.$': 'States.UUID()' },
      MaxConcurrency: 1,
      ItemProcessor: { StartAt: 'Each', States: { Each: pass } },
      ResultPath: null,
      End: true,
    },
    Stop: { Type: 'Fail', ErrorPath: '$.a', CausePath: 'States.JsonToString($)' },
  }),
  jsonata({
    Read: {
      Type: 'Map',
      Label: 'Lot',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: {
          InputType: 'CSV',
          CSVHeaderLocation: 'FIRST_ROW',
          CSVDelimiter: 'COMMA',
          MaxItems: 3,
        },
        Arguments: { Bucket: 'b', Key: 'data.csv' },
      },
      ItemBatcher: {
        MaxItemsPerBatch: 2,
        MaxInputBytesPerBatch: 1000,
        BatchInput: { a: '{% $states.input.a %}' },
      },
      ItemProcessor: distributed,
      ToleratedFailurePercentage: 10,
      ToleratedFailureCount: '{% 1 %}',
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        Arguments: { Bucket: 'b', Prefix: 'out' },
        WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSONL' },
      },
      Next: 'List',
    },
    List: {
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:listObjectsV2',
        ReaderConfig: { InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' },
        Arguments: { Bucket: 'b', Prefix: 'in/' },
      },
      ItemProcessor: distributed,
      End: true,
    },
  }),
];
