/**
 * A sound JSONata machine with one of everything, and single faults put into it. Each names what must be found:
 * the code and the place of every finding.
 */

export type Definition = Record<string, unknown>;

export interface Mutant {
  readonly name: string;
  readonly change: (machine: Definition) => void;
  readonly finds: readonly string[];
}

const invoke = 'arn:aws:states:::lambda:invoke';
const distributed = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };

export const goodMachine: Definition = {
  Comment: 'Approves orders and works them off.',
  QueryLanguage: 'JSONata',
  StartAt: 'Begin',
  TimeoutSeconds: 86_400,
  Version: '1.0',
  States: {
    Begin: {
      Type: 'Pass',
      Assign: { list: [1, 2], limit: '{% $states.input.limit %}', round: 0 },
      Next: 'Call',
    },
    Call: {
      Type: 'Task',
      Resource: invoke,
      Arguments: { FunctionName: 'Plan', Payload: { limit: '{% $limit %}' } },
      TimeoutSeconds: 60,
      HeartbeatSeconds: 10,
      Credentials: { RoleArn: 'arn:aws:iam::123456789012:role/Caller' },
      Retry: [
        {
          ErrorEquals: ['Lambda.TooManyRequestsException', 'States.HeartbeatTimeout'],
          IntervalSeconds: 2,
          MaxAttempts: 5,
          BackoffRate: 1.5,
          MaxDelaySeconds: 60,
          JitterStrategy: 'FULL',
        },
        { ErrorEquals: ['States.ALL'], MaxAttempts: 0 },
      ],
      Catch: [
        { ErrorEquals: ['NotFound'], Assign: { got: '{% $states.errorOutput.Cause %}' }, Next: 'Which' },
        { ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'Lost' },
      ],
      Assign: { got: '{% $states.result.Payload %}' },
      Output: {},
      Next: 'Which',
    },
    Which: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $round > $limit %}', Next: 'Both' },
        {
          Condition: "{% $got.status in ['new', 'open'] %}",
          Assign: { round: '{% $round + 1 %}' },
          Next: 'Pause',
        },
      ],
      Default: 'Both',
    },
    Pause: { Type: 'Wait', Seconds: '{% $limit %}', Next: 'Call' },
    Both: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Ask',
          States: {
            Ask: {
              Type: 'Task',
              Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
              Arguments: {
                QueueUrl: 'https://q',
                MessageBody: { token: '{% $states.context.Task.Token %}' },
              },
              TimeoutSeconds: 3600,
              Output: '{% $states.result.answer %}',
              End: true,
            },
          },
        },
        {
          StartAt: 'Until',
          States: {
            Until: { Type: 'Wait', Timestamp: '2026-11-22T12:00:00Z', Next: 'Told' },
            Told: {
              Type: 'Task',
              Resource: 'arn:aws:states:::sns:publish',
              Arguments: { TopicArn: 'arn:aws:sns:us-east-1:123456789012:T', Message: '{% $string($got) %}' },
              TimeoutSeconds: 30,
              Retry: [{ ErrorEquals: ['SNS.ThrottledException'] }],
              Output: {},
              End: true,
            },
          },
        },
      ],
      Assign: { answer: '{% $states.result[0] %}' },
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      Items: '{% $list %}',
      ItemSelector: { one: '{% $states.context.Map.Item.Value %}', limit: '{% $limit %}' },
      MaxConcurrency: 5,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Item',
        States: {
          Item: { Type: 'Pass', Assign: { total: '{% $states.input.one + $limit %}' }, Next: 'Kept' },
          Kept: { Type: 'Pass', Output: '{% $total %}', End: true },
        },
      },
      Next: 'Far',
    },
    Far: {
      Type: 'Map',
      Label: 'orders',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItems: 100_000 },
        Arguments: { Bucket: 'orders', Key: '{% $got.key %}' },
      },
      ItemSelector: { order: '{% $states.context.Map.Item.Value %}', limit: '{% $limit %}' },
      ItemBatcher: { MaxItemsPerBatch: 50, BatchInput: { limit: '{% $limit %}' } },
      ToleratedFailurePercentage: 5,
      ItemProcessor: {
        ProcessorConfig: distributed,
        StartAt: 'Order',
        States: {
          Order: {
            Type: 'Task',
            Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem',
            Arguments: { TableName: 'Orders', Key: { Id: { S: '{% $states.input.BatchInput.limit %}' } } },
            TimeoutSeconds: 10,
            Retry: [{ ErrorEquals: ['DynamoDb.RequestLimitExceededException'] }],
            End: true,
          },
        },
      },
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' },
        Arguments: { Bucket: 'results', Prefix: 'orders' },
      },
      Output: { results: '{% $states.result.ResultWriterDetails %}' },
      Next: 'Done',
    },
    Lost: { Type: 'Fail', Error: 'Lost', Cause: '{% $string($states.input) %}' },
    Done: { Type: 'Succeed', Output: '{% $answer %}' },
  },
};

/** Puts a value at a place such as `States/Call/Retry/0/ErrorEquals`; undefined removes what is there. */
export const put =
  (place: string, value: unknown) =>
  (machine: Definition): void => {
    const keys = place.split('/');
    const last = keys.pop() as string;
    const owner = keys.reduce((at, key) => at[key] as Definition, machine);
    if (value === undefined) delete owner[last];
    else owner[last] = value;
  };

const deep = (levels: number): unknown => Array.from({ length: levels }).reduce((inner) => [inner], 1);

const both = 'States/Both/Branches/0/States/Ask';
const item = 'States/Each/ItemProcessor/States/Item';
const order = 'States/Far/ItemProcessor/States/Order';

export const mutants: readonly Mutant[] = [
  // What asl-validator, the states language service and CDK see or miss by turns.
  {
    name: 'no StartAt',
    change: put('StartAt', undefined),
    finds: ['missing-field /'],
  },
  {
    name: 'a Next that is no state',
    change: put('States/Pause/Next', 'Nowhere'),
    finds: ['missing-target /States/Pause/Next'],
  },
  {
    name: 'a Default that is no state',
    change: put('States/Which/Default', 'Nowhere'),
    finds: ['missing-target /States/Which/Default'],
  },
  {
    name: "a rule's Next that is no state",
    change: put('States/Which/Choices/1/Next', 'Nowhere'),
    finds: ['missing-target /States/Which/Choices[1]/Next'],
  },
  {
    name: 'a Catch that leads nowhere',
    change: put('States/Call/Catch/1/Next', 'Nowhere'),
    finds: ['missing-target /States/Call/Catch[1]/Next'],
  },
  {
    name: 'a Next that leaves its branch',
    change: (machine) => {
      put(`${both}/End`, undefined)(machine);
      put(`${both}/Next`, 'Done')(machine);
    },
    finds: ['missing-target /States/Both/Branches[0]/States/Ask/Next'],
  },
  {
    name: "a map's StartAt that is a state outside it",
    change: put('States/Far/ItemProcessor/StartAt', 'Done'),
    finds: ['missing-target /States/Far/ItemProcessor/StartAt'],
  },
  {
    name: 'a state that nothing leads to',
    change: put('States/Island', { Type: 'Succeed' }),
    finds: ['unreachable-state /States/Island'],
  },
  {
    name: 'the name of a state used again in a branch',
    change: put('States/Both/Branches/1/States/Done', { Type: 'Fail' }),
    finds: [
      'unreachable-state /States/Both/Branches[1]/States/Done',
      'duplicate-name /States/Both/Branches[1]/States/Done',
    ],
  },
  {
    name: 'a state without Next or End',
    change: put(`${order}/End`, undefined),
    finds: ['missing-field /States/Far/ItemProcessor/States/Order'],
  },
  {
    name: 'a state with both Next and End',
    change: put('States/Pause/End', true),
    finds: ['conflicting-fields /States/Pause'],
  },
  {
    name: 'a Type that does not exist',
    change: put('States/Lost/Type', 'Failure'),
    finds: ['unknown-value /States/Lost/Type'],
  },
  {
    name: 'a Task without Resource',
    change: put(`${order}/Resource`, undefined),
    finds: ['missing-field /States/Far/ItemProcessor/States/Order'],
  },
  {
    name: 'a misspelt field',
    change: put('States/Call/TimeoutSecond', 60),
    finds: ['unknown-field /States/Call/TimeoutSecond'],
  },
  {
    name: 'Catch on a Pass',
    change: put('States/Begin/Catch', [{ ErrorEquals: ['States.ALL'], Next: 'Lost' }]),
    finds: ['unknown-field /States/Begin/Catch'],
  },
  {
    name: 'ResultPath of JSONPath',
    change: put('States/Call/ResultPath', '$.x'),
    finds: ['other-language-field /States/Call/ResultPath'],
  },
  {
    name: 'Parameters of JSONPath',
    change: put('States/Call/Parameters', {}),
    finds: ['other-language-field /States/Call/Parameters'],
  },
  {
    name: 'a rule of JSONPath',
    change: put('States/Which/Choices/0', { Variable: '$.x', IsPresent: true, Next: 'Both' }),
    finds: [
      'missing-field /States/Which/Choices[0]',
      'unknown-field /States/Which/Choices[0]/IsPresent',
      'unknown-field /States/Which/Choices[0]/Variable',
      // What counted the rounds is gone with the rule.
      'unbounded-loop /States/Call',
    ],
  },
  {
    name: 'a key of JSONPath',
    change: put('States/Call/Arguments/Payload/n.$', '$.n'),
    finds: ['other-language-field /States/Call/Arguments/Payload/n.$'],
  },
  {
    name: 'a state that goes back to JSONPath',
    change: put(`${item}/QueryLanguage`, 'JSONPath'),
    finds: ['language-downgrade /States/Each/ItemProcessor/States/Item'],
  },
  {
    name: 'a QueryLanguage that does not exist',
    change: put('States/Begin/QueryLanguage', 'jsonata'),
    finds: ['unknown-value /States/Begin/QueryLanguage'],
  },
  {
    name: 'an expression that does not parse',
    change: put('States/Done/Output', '{% $answer + %}'),
    finds: ['invalid-expression /States/Done/Output'],
  },
  {
    name: 'an expression that is not closed',
    change: put('States/Done/Output', '{% $answer'),
    finds: ['half-expression /States/Done/Output'],
  },
  {
    name: 'an operator newer than JSONata 2.0.6',
    change: put('States/Done/Output', '{% $answer ?? 1 %}'),
    finds: ['newer-jsonata /States/Done/Output'],
  },
  {
    name: 'a variable that nothing sets',
    change: put('States/Done/Output', '{% $anwser %}'),
    finds: ['undefined-variable /States/Done/Output'],
  },
  {
    name: 'a variable read by the state that sets it',
    change: put('States/Both/Arguments', '{% $answer %}'),
    finds: ['undefined-variable /States/Both/Arguments'],
  },
  {
    name: 'a variable of a branch read outside it',
    change: put('States/Done/Output', '{% $total %}'),
    finds: ['undefined-variable /States/Done/Output'],
  },
  {
    name: 'a variable that only one way sets',
    change: put('States/Call/Catch/0/Assign', undefined),
    finds: [
      'maybe-undefined-variable /States/Both/Branches[1]/States/Told/Arguments/Message',
      'maybe-undefined-variable /States/Far/ItemReader/Arguments/Key',
      'maybe-undefined-variable /States/Which/Choices[1]/Condition',
    ],
  },
  {
    name: "an outer variable read by a distributed map's body",
    change: put(`${order}/Arguments/Key/Id/S`, '{% $limit %}'),
    finds: ['undefined-variable /States/Far/ItemProcessor/States/Order/Arguments/Key/Id/S'],
  },
  {
    name: 'an inner scope that sets an outer variable',
    change: put(`${item}/Assign/limit`, 1),
    finds: ['shadowed-variable /States/Each/ItemProcessor/States/Item/Assign/limit'],
  },
  {
    name: 'Assign of states',
    change: put('States/Begin/Assign/states', 1),
    finds: ['bad-variable-name /States/Begin/Assign/states'],
  },
  {
    name: 'a name that no variable can have',
    change: put('States/Begin/Assign/a-b', 1),
    finds: ['bad-variable-name /States/Begin/Assign/a-b'],
  },
  ...[
    '$uppercase(5)',
    '$uppercase("a", "b")',
    '1 + "a"',
    '$answer.n * "2"',
    '[1, {"a": -("x" < 1)}]',
    '$hash("a", "SHA-3")',
    '$answer ~> $substringBefore(1)',
    '$filter($answer, "x")',
    '(1 + true; 2)',
    '$sum("abc")',
    '$max(true)',
    '$join(5, ",")',
    '$merge("a")',
    '$number("abc")',
    '$number("")',
  ].map((expression) => ({
    name: `an expression that fails: ${expression}`,
    change: put('States/Done/Output', `{% ${expression} %}`),
    finds: ['failing-call /States/Done/Output'],
  })),
  ...[
    '$answer ? 1 + "a" : 2',
    '$map($answer, function($x) { $x + "a" })',
    '$answer ~> $substringBefore("-")',
    '($uppercase := function($n) { $n + 1 }; $uppercase(5))',
    '$string(5, true) & $join("a", ",") & $sum(5)',
    '$answer and "a" + 1',
    '$zip([1], [2], [3], [4])',
    '$answer.$pad(5)',
    '-1 < 2 and "a" < "b" and 1 = "a" and null = 1',
    '$hash("a", "SHA-512")',
    '$sum([1, 2]) & $max($answer) & $join(["a"]) & $number("-1.5e3") & $number("0x1F") & $number($answer)',
    '$merge([{"a": 1}])',
  ].map((expression) => ({
    name: `an expression that may well succeed: ${expression}`,
    change: put('States/Done/Output', `{% ${expression} %}`),
    finds: [],
  })),
  ...(
    [
      ['States/Each/Items', '1', 'wrong-result-type'],
      ['States/Each/Items', '$count($list)', 'wrong-result-type'],
      ['States/Each/Items', '{"a": 1}', undefined],
      ['States/Each/Items', '[1..5]', undefined],
      ['States/Which/Choices/1/Condition', '"yes"', 'wrong-result-type'],
      ['States/Which/Choices/1/Condition', '$got ? true : false', undefined],
      ['States/Pause/Seconds', '"5"', 'wrong-result-type'],
      ['States/Pause/Seconds', '$number("5")', undefined],
      ['States/Call/TimeoutSeconds', '$string(60)', 'wrong-result-type'],
      ['States/Lost/Error', '5', 'wrong-result-type'],
      ['States/Lost/Cause', '$now()', undefined],
      ['States/Both/Branches/1/States/Until/Timestamp', '"2026-13-01T00:00:00Z"', 'bad-timestamp'],
      ['States/Both/Branches/1/States/Until/Timestamp', '$now()', undefined],
      ['States/Done/Output', 'function($x) { $x }', 'wrong-result-type'],
      ['States/Done/Output', '(function($x) { $x })(1)', undefined],
      ['States/Far/ItemBatcher/MaxItemsPerBatch', '"50"', 'wrong-result-type'],
    ] as const
  ).map(([place, expression, code]) => ({
    name: `${expression} for ${place}`,
    change: put(place, `{% ${expression} %}`),
    finds: code === undefined ? [] : [`${code} /${place.replaceAll(/\/(\d+)/g, '[$1]')}`],
  })),
  {
    name: 'an unknown function',
    change: put('States/Done/Output', '{% $size($answer) %}'),
    finds: ['unknown-function /States/Done/Output'],
  },
  {
    name: '$eval',
    change: put('States/Done/Output', '{% $eval("1") %}'),
    finds: ['unknown-function /States/Done/Output'],
  },
  {
    name: '$$',
    change: put('States/Done/Output', '{% $$.answer %}'),
    finds: ['no-context /States/Done/Output'],
  },
  {
    name: 'a bare name',
    change: put('States/Done/Output', '{% answer %}'),
    finds: ['no-context /States/Done/Output'],
  },
  {
    name: '$states.result in a Pass',
    change: put('States/Begin/Output', '{% $states.result %}'),
    finds: ['missing-states-part /States/Begin/Output'],
  },
  {
    name: '$states.result in Arguments',
    change: put('States/Call/Arguments/Payload', '{% $states.result %}'),
    finds: ['missing-states-part /States/Call/Arguments/Payload'],
  },
  {
    name: '$states.errorOutput outside a Catch',
    change: put('States/Lost/Cause', '{% $states.errorOutput.Cause %}'),
    finds: ['missing-states-part /States/Lost/Cause'],
  },
  {
    name: 'a part of $states that is not there',
    change: put('States/Done/Output', '{% $states.output %}'),
    finds: ['missing-states-part /States/Done/Output'],
  },
  {
    name: 'States.ALL before another Catcher',
    change: put('States/Call/Catch/0/ErrorEquals', ['States.ALL']),
    finds: ['misplaced-all /States/Call/Catch[0]/ErrorEquals'],
  },
  {
    name: 'States.ALL beside other errors',
    change: put('States/Call/Catch/1/ErrorEquals', ['States.ALL', 'Other']),
    finds: ['misplaced-all /States/Call/Catch[1]/ErrorEquals'],
  },
  {
    name: 'a Retrier without ErrorEquals',
    change: put('States/Call/Retry/0/ErrorEquals', undefined),
    finds: ['missing-field /States/Call/Retry[0]'],
  },
  {
    name: 'a BackoffRate below 1',
    change: put('States/Call/Retry/0/BackoffRate', 0.5),
    finds: ['out-of-range /States/Call/Retry[0]/BackoffRate'],
  },
  {
    name: 'too many MaxAttempts',
    change: put('States/Call/Retry/0/MaxAttempts', 100_000_000),
    finds: ['out-of-range /States/Call/Retry[0]/MaxAttempts'],
  },
  {
    name: 'an IntervalSeconds of nothing',
    change: put('States/Call/Retry/0/IntervalSeconds', 0),
    finds: ['out-of-range /States/Call/Retry[0]/IntervalSeconds'],
  },
  {
    name: 'a MaxDelaySeconds below the interval',
    change: put('States/Call/Retry/0/MaxDelaySeconds', 1),
    finds: ['short-max-delay /States/Call/Retry[0]/MaxDelaySeconds'],
  },
  {
    name: 'a JitterStrategy that does not exist',
    change: put('States/Call/Retry/0/JitterStrategy', 'HALF'),
    finds: ['unknown-value /States/Call/Retry[0]/JitterStrategy'],
  },
  {
    name: 'an error name that Step Functions does not have',
    change: put('States/Call/Catch/0/ErrorEquals', ['States.TimedOut']),
    finds: ['unknown-error /States/Call/Catch[0]/ErrorEquals'],
  },
  {
    name: 'a heartbeat over the timeout',
    change: put('States/Call/HeartbeatSeconds', 60),
    finds: ['heartbeat-over-timeout /States/Call/HeartbeatSeconds'],
  },
  {
    name: 'a TimeoutSeconds of nothing',
    change: put('States/Call/TimeoutSeconds', 0),
    finds: ['out-of-range /States/Call/TimeoutSeconds'],
  },
  {
    name: 'Credentials without a role',
    change: put('States/Call/Credentials', { Role: 'x' }),
    finds: ['missing-field /States/Call/Credentials'],
  },
  {
    name: 'a Resource that is no ARN',
    change: put('States/Call/Resource', 'Plan'),
    finds: ['bad-resource /States/Call/Resource'],
  },
  {
    name: 'an action that the SDK does not have',
    change: put(`${order}/Resource`, 'arn:aws:states:::aws-sdk:dynamodb:fetchItem'),
    finds: ['unknown-integration /States/Far/ItemProcessor/States/Order/Resource'],
  },
  ...(
    [
      [
        'without a function',
        'States/Call/Arguments/FunctionName',
        undefined,
        'missing-argument /States/Call/Arguments',
      ],
      [
        'with a misspelt argument',
        'States/Call/Arguments/Paylod',
        {},
        'unknown-argument /States/Call/Arguments/Paylod',
      ],
      [
        'with another argument',
        'States/Call/Arguments/Body',
        {},
        'doubtful-argument /States/Call/Arguments/Body',
      ],
      [
        'with an argument in other letters',
        'States/Call/Arguments/payLoad',
        {},
        'doubtful-argument /States/Call/Arguments/payLoad',
      ],
      [
        'with all arguments in small letters',
        'States/Call/Arguments',
        { functionName: 'Plan' },
        'doubtful-argument /States/Call/Arguments/functionName',
      ],
      ['with a text for its arguments', 'States/Call/Arguments', 'Plan', 'wrong-type /States/Call/Arguments'],
      [
        'with arguments out of an expression',
        'States/Call/Arguments',
        '{% {"FunctionName": $limit} %}',
        undefined,
      ],
    ] as const
  ).map(([name, place, value, finding]) => ({
    name: `a call ${name}`,
    change: put(place, value),
    finds: finding === undefined ? [] : [finding],
  })),
  {
    name: 'a call through the SDK that lacks an argument and misspells another',
    change: put(`${order}/Arguments`, { TabelName: 'Orders', Key: { Id: { S: '1' } }, KEY: {} }),
    finds: [
      'missing-argument /States/Far/ItemProcessor/States/Order/Arguments',
      'unknown-argument /States/Far/ItemProcessor/States/Order/Arguments/TabelName',
      'doubtful-argument /States/Far/ItemProcessor/States/Order/Arguments/KEY',
    ],
  },
  {
    name: 'a call through the SDK that misspells a part of an argument',
    change: (machine) => {
      put(`${order}/Resource`, 'arn:aws:states:::aws-sdk:dynamodb:transactGetItems')(machine);
      put(`${order}/Arguments`, {
        TransactItems: [{ Get: { TableName: 'Orders', Key: { Id: { S: '1' } } } }, { Gett: {} }],
      })(machine);
    },
    finds: ['doubtful-argument /States/Far/ItemProcessor/States/Order/Arguments/TransactItems[1]/Gett'],
  },
  {
    name: 'calls of HTTP endpoints that name no method, connection or https',
    change: (machine) => {
      put('States/Call/Resource', 'arn:aws:states:::http:invoke')(machine);
      put('States/Call/Arguments', { Method: 'FETCH', ApiEndpoint: 'http://example.com' })(machine);
      put('States/Call/Retry', undefined)(machine);
    },
    finds: [
      'doubtful-argument /States/Call/Arguments',
      'doubtful-argument /States/Call/Arguments/ApiEndpoint',
      'doubtful-argument /States/Call/Arguments/Method',
    ],
  },
  {
    name: 'a call of an HTTP endpoint',
    change: (machine) => {
      put('States/Call/Resource', 'arn:aws:states:::http:invoke')(machine);
      put('States/Call/Arguments', {
        Method: 'GET',
        ApiEndpoint: 'https://example.com',
        Authentication: { ConnectionArn: '${Connection}' },
      })(machine);
      put('States/Call/Retry', undefined)(machine);
    },
    finds: [],
  },
  {
    name: 'a reader without a bucket',
    change: put('States/Far/ItemReader/Arguments/Bucket', undefined),
    finds: ['missing-argument /States/Far/ItemReader/Arguments'],
  },
  {
    name: 'a reader of many objects that names one',
    change: (machine) => {
      put('States/Far/ItemReader/Resource', 'arn:aws:states:::s3:listObjectsV2')(machine);
      put('States/Far/ItemReader/ReaderConfig', undefined)(machine);
    },
    finds: ['doubtful-argument /States/Far/ItemReader/Arguments/Key'],
  },
  {
    name: 'a writer without a bucket',
    change: put('States/Far/ResultWriter/Arguments/Bucket', undefined),
    finds: ['missing-argument /States/Far/ResultWriter/Arguments'],
  },
  {
    name: '.sync of a service that has none',
    change: put(`${order}/Resource`, 'arn:aws:states:::aws-sdk:dynamodb:getItem.sync'),
    finds: ['unsupported-pattern /States/Far/ItemProcessor/States/Order/Resource'],
  },
  {
    name: 'a token that is not passed',
    change: put(`${both}/Arguments/MessageBody`, {}),
    finds: ['token-not-passed /States/Both/Branches[0]/States/Ask/Arguments'],
  },
  {
    name: 'a token in a call that waits for none',
    change: put(`${both}/Resource`, 'arn:aws:states:::sqs:sendMessage'),
    finds: ['no-token /States/Both/Branches[0]/States/Ask/Arguments/MessageBody/token'],
  },
  {
    name: 'a token where there is no call',
    change: put('States/Pause/Seconds', "{% $length($states.context.Task.Token & 'context.Task.Token') %}"),
    finds: ['no-token /States/Pause/Seconds'],
  },
  {
    name: 'a token that is asked for or spoken of',
    change: (machine) => {
      put(
        'States/Begin/Assign/list',
        '{% $exists($states.context.Task.Token) ? $states.context.Task.Token : [] %}',
      )(machine);
      put('States/Begin/Assign/round', "{% $length('$states.context.Task.Token') %}")(machine);
    },
    finds: [],
  },
  ...(
    [
      ['a misspelt part of the context', 'States/Begin/Assign/list', 'Execution.ID', true],
      ['a member of the context that is not there', 'States/Begin/Assign/list', 'Run.Id', true],
      ['the item of a map before it', 'States/Begin/Assign/list', 'Map.Item.Value', true],
      ['the item of a map in its Output', 'States/Each/Output', 'Map.Item.Index', true],
      ['a part of the context that is data', 'States/Begin/Assign/list', 'Execution.Input.any.thing', false],
      [
        'the item of a map in its body',
        'States/Each/ItemProcessor/States/Kept/Output',
        'Map.Item.Index',
        false,
      ],
    ] as const
  ).map(([name, place, part, told]) => ({
    name,
    change: put(place, `{% $states.context.${part} %}`),
    finds: told ? [`missing-context-part /${place}`] : [],
  })),
  {
    name: 'paths of JSONPath as values',
    change: (machine) => {
      put('States/Call/Arguments/Payload/limit', '$.limit')(machine);
      put('States/Call/Catch/1/Output', { id: '$$.Execution.Id', price: '$.50', both: '$' })(machine);
    },
    finds: [
      'other-language-text /States/Call/Arguments/Payload/limit',
      'other-language-text /States/Call/Catch[1]/Output/id',
    ],
  },
  {
    name: 'an expression for a key',
    change: put('States/Done/Output', { '{% $answer %}': 1 }),
    finds: ['other-language-text /States/Done/Output/{% $answer %}'],
  },
  {
    name: "a distributed map's body that sets a variable of the same name",
    change: put(`${order}/Assign`, { limit: 1 }),
    finds: [],
  },
  {
    name: 'a variable that a Choice has found to be there',
    change: (machine) => {
      put('States/Call/Catch/0/Assign', undefined)(machine);
      put('States/Which/Choices/0/Condition', '{% $not($exists($got)) or $round > $limit %}')(machine);
      put('States/Which/Choices/0/Next', 'Lost')(machine);
    },
    finds: [],
  },
  {
    name: 'a variable that a Choice has asked for in vain',
    change: (machine) => {
      put('States/Call/Catch/0/Assign', undefined)(machine);
      put('States/Which/Choices/0/Condition', '{% $exists($got) or $round > $limit %}')(machine);
      put('States/Which/Choices/0/Next', 'Lost')(machine);
    },
    finds: [
      'maybe-undefined-variable /States/Both/Branches[1]/States/Told/Arguments/Message',
      'maybe-undefined-variable /States/Far/ItemReader/Arguments/Key',
      'maybe-undefined-variable /States/Which/Choices[1]/Condition',
    ],
  },
  {
    name: 'a part of the context that is asked for',
    change: put(
      'States/Begin/Assign/list',
      '{% $exists($states.context.Map) ? $states.context.Map.Item.Index : 0 %}',
    ),
    finds: [],
  },
  {
    name: 'a Wait without a time',
    change: put('States/Pause/Seconds', undefined),
    finds: ['missing-field /States/Pause'],
  },
  {
    name: 'a Wait with two times',
    change: put('States/Pause/Timestamp', '2026-11-22T12:00:00Z'),
    finds: ['conflicting-fields /States/Pause'],
  },
  {
    name: 'a Timestamp on a day that does not exist',
    change: put('States/Both/Branches/1/States/Until/Timestamp', '2026-02-30T12:00:00Z'),
    finds: ['bad-timestamp /States/Both/Branches[1]/States/Until/Timestamp'],
  },
  {
    name: 'a Choice without rules',
    change: put('States/Which/Choices', []),
    finds: ['wrong-type /States/Which/Choices'],
  },
  {
    name: 'a Condition that is no expression',
    change: put('States/Which/Choices/1/Condition', '$got.status'),
    finds: ['wrong-type /States/Which/Choices[1]/Condition'],
  },
  {
    name: 'a Parallel without branches',
    change: put('States/Both/Branches', undefined),
    finds: ['missing-field /States/Both'],
  },
  {
    name: 'a branch with a QueryLanguage',
    change: put('States/Both/Branches/0/QueryLanguage', 'JSONata'),
    finds: ['unknown-field /States/Both/Branches[0]/QueryLanguage'],
  },
  {
    name: 'a Map without a body',
    change: put('States/Each/ItemProcessor', undefined),
    finds: ['missing-field /States/Each'],
  },
  {
    name: 'a MaxConcurrency below nothing',
    change: put('States/Each/MaxConcurrency', -1),
    finds: ['out-of-range /States/Each/MaxConcurrency'],
  },
  {
    name: 'an ItemReader on an inline map',
    change: put('States/Each/ItemReader', {
      Resource: 'arn:aws:states:::s3:listObjectsV2',
      Arguments: { Bucket: 'b' },
    }),
    finds: ['unknown-field /States/Each/ItemReader'],
  },
  {
    name: 'tolerated failures on an inline map',
    change: put('States/Each/ToleratedFailureCount', 1),
    finds: ['ignored-field /States/Each/ToleratedFailureCount'],
  },
  {
    name: 'a distributed map without ExecutionType',
    change: put('States/Far/ItemProcessor/ProcessorConfig/ExecutionType', undefined),
    finds: ['missing-field /States/Far/ItemProcessor/ProcessorConfig'],
  },
  {
    name: 'a Mode that does not exist',
    change: put('States/Each/ItemProcessor/ProcessorConfig/Mode', 'inline'),
    finds: ['unknown-value /States/Each/ItemProcessor/ProcessorConfig/Mode'],
  },
  {
    name: 'a percentage over 100',
    change: put('States/Far/ToleratedFailurePercentage', 101),
    finds: ['out-of-range /States/Far/ToleratedFailurePercentage'],
  },
  {
    name: 'a Label with a character it may not have',
    change: put('States/Far/Label', 'my orders'),
    finds: ['bad-label /States/Far/Label'],
  },
  {
    name: 'a reader that reads from elsewhere',
    change: put('States/Far/ItemReader/Resource', 'arn:aws:states:::dynamodb:getItem'),
    finds: ['unknown-integration /States/Far/ItemReader/Resource'],
  },
  {
    name: 'an InputType that does not exist',
    change: put('States/Far/ItemReader/ReaderConfig/InputType', 'TSV'),
    finds: ['unknown-value /States/Far/ItemReader/ReaderConfig/InputType'],
  },
  {
    name: 'CSV without the place of its headers',
    change: put('States/Far/ItemReader/ReaderConfig/CSVHeaderLocation', undefined),
    finds: ['missing-field /States/Far/ItemReader/ReaderConfig'],
  },
  {
    name: 'headers that are given and also in the file',
    change: put('States/Far/ItemReader/ReaderConfig/CSVHeaders', ['a']),
    finds: ['conflicting-fields /States/Far/ItemReader/ReaderConfig'],
  },
  {
    name: 'a batcher without a measure',
    change: put('States/Far/ItemBatcher/MaxItemsPerBatch', undefined),
    finds: ['missing-field /States/Far/ItemBatcher'],
  },
  ...(
    [
      ['States/Far/Items', '{% $list %}', 'ignored-field'],
      ['States/Far/ItemBatcher/MaxItemsPerBatch', 0, 'ignored-field'],
      ['States/Far/ItemReader/ReaderConfig/ItemsPointer', 'orders.new', 'invalid-path'],
      ['States/Far/ItemReader/ReaderConfig/ItemsPointer', '/orders/new', 'ignored-field'],
      ['States/Each/MaxConcurrency', 41, 'ignored-field'],
      ['States/Each/MaxConcurrency', 40, undefined],
      ['States/Both/Assign/answer', '{% $states.result[2] %}', 'missing-result'],
      ['States/Both/Assign/answer', '{% $states.result[1] %}', undefined],
      ['States/Which/Choices/1/Condition', true, undefined],
      ['States/Call/Credentials/RoleArn', 'Caller', 'bad-role-arn'],
      ['States/Call/Credentials/RoleArn', '${Role}', undefined],
      ['States/Call/Credentials/RoleArn', '{% $limit %}', undefined],
    ] as const
  ).map(([place, value, code]) => ({
    name: `${JSON.stringify(value)} for ${place}`,
    change: put(place, value),
    finds: code === undefined ? [] : [`${code} /${place}`],
  })),
  {
    name: 'a rule that always applies before another one',
    change: put('States/Which/Choices', [
      { Condition: true, Next: 'Both' },
      { Condition: '{% $round < $limit %}', Next: 'Pause' },
    ]),
    finds: ['unreachable-rule /States/Which/Choices[0]/Condition', 'unbounded-loop /States/Call'],
  },
  ...(
    [
      ['nightly', 'fixed-execution-name'],
      ['nightly run', 'bad-execution-name'],
      ['x'.repeat(81), 'bad-execution-name'],
      ['{% $states.context.Execution.Name %}', undefined],
      ['${Name}', undefined],
    ] as const
  ).map(([Name, code]) => ({
    name: `an execution named ${Name}`,
    change: (machine: Definition) => {
      put('States/Call/Resource', 'arn:aws:states:::states:startExecution')(machine);
      put('States/Call/Arguments', { StateMachineArn: '${Child}', Name })(machine);
      put('States/Call/Retry/0/ErrorEquals/0', 'States.Timeout')(machine);
      put('States/Call/HeartbeatSeconds', 10)(machine);
    },
    finds: code === undefined ? [] : [`${code} /States/Call/Arguments/Name`],
  })),
  {
    name: 'a writer without a place to write to',
    change: put('States/Far/ResultWriter/Arguments', undefined),
    finds: ['missing-field /States/Far/ResultWriter'],
  },
  {
    name: 'a writer that says only half how',
    change: put('States/Far/ResultWriter/WriterConfig/OutputType', undefined),
    finds: ['missing-field /States/Far/ResultWriter/WriterConfig'],
  },
  {
    name: 'another Version',
    change: put('Version', '1.1'),
    finds: ['unknown-value /Version'],
  },
  {
    name: 'States that are no object',
    change: put('States', []),
    finds: ['wrong-type /States'],
  },
  {
    name: 'a state that is no object',
    change: put('States/Lost', 'Fail'),
    finds: ['not-an-object /States/Lost'],
  },
  {
    name: 'a name that is too long',
    change: put(`States/${'x'.repeat(81)}`, { Type: 'Succeed' }),
    finds: [`bad-name /States/${'x'.repeat(81)}`, `unreachable-state /States/${'x'.repeat(81)}`],
  },
  {
    name: 'an Assign that is no object',
    change: put('States/Begin/Assign', '{% {"limit": 1} %}'),
    finds: ['wrong-type /States/Begin/Assign'],
  },
  {
    name: 'a misspelt Mode of a distributed map',
    change: put('States/Far/ItemProcessor/ProcessorConfig/Mode', 'DISTRIBUTD'),
    finds: ['unknown-value /States/Far/ItemProcessor/ProcessorConfig/Mode'],
  },
  {
    name: 'a misspelt Type of the only end',
    change: (machine) => {
      put('States', { End: { Type: 'Succed' } })(machine);
      put('StartAt', 'End')(machine);
    },
    finds: ['unknown-value /States/End/Type'],
  },
  {
    name: 'a machine that may take no time',
    change: put('TimeoutSeconds', 0),
    finds: ['out-of-range /TimeoutSeconds'],
  },
  {
    name: 'a Label that is given twice',
    change: (machine) => {
      const { Far } = machine.States as { Far: Definition };
      const again = structuredClone(Far) as { ItemProcessor: { StartAt: string; States: Definition } };
      again.ItemProcessor.States = { Again: again.ItemProcessor.States.Order };
      again.ItemProcessor.StartAt = 'Again';
      put('States/Farther', again)(machine);
      put('States/Far/Next', 'Farther')(machine);
    },
    finds: ['duplicate-label /States/Farther/Label'],
  },
  {
    name: 'a machine that nothing ends',
    change: (machine) => {
      put('States', {
        Round: { Type: 'Wait', Seconds: 1, Next: 'Again' },
        Again: { Type: 'Pass', Next: 'Round' },
      })(machine);
      put('StartAt', 'Round')(machine);
    },
    finds: ['missing-end /'],
  },
  {
    name: "a map's body that nothing ends",
    change: (machine) => {
      put('States/Each/ItemProcessor/States/Kept/End', undefined)(machine);
      put('States/Each/ItemProcessor/States/Kept/Next', 'Item')(machine);
    },
    finds: ['endless-loop /States/Each/ItemProcessor/States/Item'],
  },
  {
    name: 'a literal that no state may pass on',
    change: put('States/Begin/Output', 'x'.repeat(262_144)),
    finds: ['payload-too-large /States/Begin/Output'],
  },
  {
    name: 'lists without end in each other',
    change: put('States/Begin/Output', deep(2000)),
    finds: ['too-deeply-nested /'],
  },
  {
    name: 'an expression that is too deep to be read',
    change: put('States/Begin/Output', `{% ${'('.repeat(20_000)}1${')'.repeat(20_000)} %}`),
    finds: ['invalid-expression /States/Begin/Output'],
  },
  {
    name: "the name of every object's own function as a Type",
    change: put('States/Lost/Type', 'constructor'),
    finds: ['unknown-value /States/Lost/Type'],
  },
  {
    name: 'a definition that is too large',
    change: put('Comment', 'x'.repeat(1_048_576)),
    finds: ['definition-too-large /'],
  },
];
