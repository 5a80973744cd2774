/** A sound JSONPath machine with one of everything, and single faults put into it. */
import { type Definition, type Mutant, put } from './mutants.ts';

export const jsonPathMachine: Definition = {
  StartAt: 'Prepare',
  States: {
    Prepare: {
      Type: 'Pass',
      InputPath: '$.order',
      Parameters: {
        'id.$': "States.Format('{}-{}', $.id, $$.Execution.Name)",
        'parts.$': '$.parts[*].name',
        'cheap.$': '$.parts[?(@.price < 10)]',
        fixed: 'text',
      },
      ResultPath: '$.prepared',
      Assign: { 'wait.$': '$.seconds', round: 1 },
      Next: 'Fetch',
    },
    Fetch: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:123456789012:function:fetch',
      TimeoutSecondsPath: '$.timeout',
      ResultSelector: { 'status.$': '$.Payload.status' },
      ResultPath: '$.fetched',
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Lost' }],
      Next: 'Which',
    },
    Which: {
      Type: 'Choice',
      Choices: [
        {
          And: [
            { Variable: '$.fetched.status', IsPresent: true },
            { Not: { Variable: '$.fetched.status', StringEquals: 'open' } },
            {
              Or: [
                { Variable: '$.a', BooleanEqualsPath: '$.b' },
                { Variable: '$.at', IsTimestamp: true },
              ],
            },
          ],
          Next: 'Approve',
        },
        {
          Variable: '$round',
          NumericLessThan: 5,
          Assign: { 'round.$': 'States.MathAdd($round, 1)' },
          Next: 'Pause',
        },
        { Variable: '$.at', TimestampGreaterThan: '2026-01-01T00:00:00Z', Next: 'Lost' },
        { Variable: '$.name', StringMatches: 'a*', Next: 'Approve' },
      ],
      Default: 'Lost',
    },
    Pause: { Type: 'Wait', SecondsPath: '$wait', Next: 'Fetch' },
    Approve: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
      Parameters: { TopicArn: '${Topic}', Message: { 'token.$': '$$.Task.Token' } },
      HeartbeatSecondsPath: '$.beat',
      ResultPath: null,
      Next: 'Work',
    },
    Work: {
      Type: 'Task',
      Resource: 'arn:aws:states:us-east-1:123456789012:activity:work',
      TimeoutSeconds: 600,
      OutputPath: '$.list',
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemSelector: { 'value.$': '$$.Map.Item.Value' },
      MaxConcurrencyPath: '$.at.once',
      Iterator: {
        StartAt: 'Item',
        States: { Item: { Type: 'Pass', Result: { done: true }, End: true } },
      },
      ResultPath: '$.results',
      Next: 'Modern',
    },
    Modern: {
      Type: 'Pass',
      QueryLanguage: 'JSONata',
      Output: '{% $merge([$states.input, {"round": $round}]) %}',
      Next: 'Done',
    },
    Lost: {
      Type: 'Fail',
      ErrorPath: '$.error.Error',
      CausePath: "States.Format('it said {}', $.error.Cause)",
    },
    Done: { Type: 'Succeed', OutputPath: "$['results'][0].value" },
  },
};

const rule = 'States/Which/Choices';

export const jsonPathMutants: readonly Mutant[] = [
  ...(
    [
      ['a count that nothing changes', { other: 1 }],
      ['a count that begins anew each round', { round: 0 }],
      ['a count that goes the wrong way', { 'round.$': 'States.MathAdd($round, -1)' }],
    ] as const
  ).map(([name, Assign]) => ({
    name,
    change: (machine: Definition) => {
      put(`${rule}/0`, { Variable: '$.a', IsPresent: true, Next: 'Approve' })(machine);
      put(`${rule}/1/Assign`, Assign)(machine);
      put(`${rule}/2`, { Variable: '$.b', IsPresent: true, Next: 'Lost' })(machine);
    },
    finds: ['unbounded-loop /States/Fetch'],
  })),
  {
    name: 'a loop that adds to a variable',
    change: put(`${rule}/1/Assign/wait.$`, 'States.Array($wait, $.id)'),
    finds: ['growing-payload /States/Which/Choices[1]/Assign/wait.$'],
  },
  {
    name: 'a loop that sets a variable anew',
    change: put(`${rule}/1/Assign/wait.$`, "States.Format('{}', $waiting.id)"),
    finds: ['undefined-variable /States/Which/Choices[1]/Assign/wait.$'],
  },
  {
    name: 'Parameters beside a Result',
    change: put('States/Prepare/Result', {}),
    finds: ['ignored-field /States/Prepare/Parameters'],
  },
  {
    name: 'a count that is compared with Not',
    change: (machine: Definition) => {
      put(`${rule}/0`, { Not: { Variable: '$round', NumericLessThan: 5 }, Next: 'Approve' })(machine);
      put(`${rule}/1`, {
        Variable: '$.a',
        IsPresent: true,
        Assign: { 'round.$': 'States.MathAdd($round, 1)' },
        Next: 'Pause',
      })(machine);
      put(`${rule}/2`, { Variable: '$.b', IsPresent: true, Next: 'Lost' })(machine);
    },
    finds: [],
  },
  {
    name: 'a path without its dollar',
    change: put('States/Prepare/InputPath', 'order'),
    finds: ['invalid-path /States/Prepare/InputPath'],
  },
  {
    name: 'a path with an open bracket',
    change: put('States/Done/OutputPath', '$.results[0'),
    finds: ['invalid-path /States/Done/OutputPath'],
  },
  {
    name: 'a path that ends in a dot',
    change: put('States/Done/OutputPath', '$.results.'),
    finds: ['invalid-path /States/Done/OutputPath'],
  },
  {
    name: 'a ResultPath that names many places',
    change: put('States/Prepare/ResultPath', '$.parts[*]'),
    finds: ['invalid-path /States/Prepare/ResultPath'],
  },
  {
    name: 'a ResultPath that names a variable',
    change: put('States/Prepare/ResultPath', '$round'),
    finds: ['invalid-path /States/Prepare/ResultPath'],
  },
  ...[
    "States.Format('{} {}', $.id)",
    "States.Format('no place', $.id)",
    "States.Hash($.id, 'SHA-3')",
    'States.JsonMerge($.a, $.b, true)',
    'States.ArrayPartition($.list, 0)',
    'States.ArrayRange(1, 9, 0)',
    'States.ArrayRange(0, 1000, 1)',
    "States.MathAdd($.n, 'x')",
    'States.ArrayLength(5)',
    "States.Array(States.Format('{}'), 1)",
  ].map((call) => ({
    name: `a call that fails: ${call}`,
    change: put('States/Prepare/Parameters/id.$', call),
    finds: ['failing-call /States/Prepare/Parameters/id.$'],
  })),
  ...[
    String.raw`States.Format('\{\} {}', $.id)`,
    'States.Format($.text, $.id, $.name)',
    "States.Hash('x', 'SHA-256')",
    'States.JsonMerge($.a, $.b, false)',
    'States.ArrayRange(0, 999, 1)',
    'States.ArrayRange(9, 1, -2)',
    'States.MathRandom(1, 10)',
    "States.ArrayContains($.list, 'x')",
  ].map((call) => ({
    name: `a call that may well succeed: ${call}`,
    change: put('States/Prepare/Parameters/id.$', call),
    finds: [],
  })),
  {
    name: 'a Cause of a function that gives a number',
    change: put('States/Lost/CausePath', 'States.MathAdd(1, 2)'),
    finds: ['failing-call /States/Lost/CausePath'],
  },
  {
    name: 'a misspelt part of the context',
    change: put('States/Prepare/Parameters/id.$', "States.Format('{}', $$['State'].Entered)"),
    finds: ['missing-context-part /States/Prepare/Parameters/id.$'],
  },
  {
    name: 'the item of a map outside it',
    change: put('States/Done/OutputPath', '$$.Map.Item.Value.id'),
    finds: ['missing-context-part /States/Done/OutputPath'],
  },
  {
    name: 'the item of a map, asked for',
    change: put(`${rule}/3`, { Variable: '$$.Map.Item', IsPresent: true, Next: 'Approve' }),
    finds: [],
  },
  {
    name: 'an expression of JSONata',
    change: put('States/Prepare/Parameters/fixed', '{% $round %}'),
    finds: ['other-language-text /States/Prepare/Parameters/fixed'],
  },
  {
    name: 'a key that is written as text and as a path',
    change: put('States/Prepare/Parameters/id', 'o-7'),
    finds: ['doubled-key /States/Prepare/Parameters/id.$'],
  },
  ...(
    [
      [true, []],
      [false, ['maybe-undefined-variable /States/Pause/SecondsPath']],
    ] as const
  ).map(([IsPresent, finds]) => ({
    name: `a variable whose presence is ${IsPresent} for IsPresent`,
    change: (machine: Definition) => {
      put('States/Fetch/Assign', { 'seen.$': '$.id' })(machine);
      put('States/Fetch/Catch/0/Next', 'Which')(machine);
      put(`${rule}/1/Variable`, undefined)(machine);
      put(`${rule}/1/NumericLessThan`, undefined)(machine);
      put(`${rule}/1/And`, [
        { Variable: '$seen', IsPresent },
        { Variable: '$round', NumericLessThan: 5 },
      ])(machine);
      put('States/Pause/SecondsPath', '$seen')(machine);
    },
    finds,
  })),
  {
    name: 'a number out of the context object',
    change: put('States/Each/MaxConcurrencyPath', '$$.Execution.Input.n'),
    finds: ['invalid-path /States/Each/MaxConcurrencyPath'],
  },
  {
    name: 'a key that promises a path, and a text',
    change: put('States/Prepare/Parameters/id.$', 'order'),
    finds: ['invalid-path /States/Prepare/Parameters/id.$'],
  },
  {
    name: 'a key that promises a path, and a number',
    change: put('States/Prepare/Parameters/id.$', 1),
    finds: ['invalid-path /States/Prepare/Parameters/id.$'],
  },
  {
    name: 'an intrinsic function that does not exist',
    change: put('States/Prepare/Parameters/id.$', 'States.Uuid()'),
    finds: ['invalid-path /States/Prepare/Parameters/id.$'],
  },
  {
    name: 'an intrinsic function with too few arguments',
    change: put('States/Prepare/Parameters/id.$', 'States.MathAdd(1)'),
    finds: ['invalid-path /States/Prepare/Parameters/id.$'],
  },
  {
    name: 'an intrinsic function that is not closed',
    change: put('States/Prepare/Parameters/id.$', 'States.MathAdd(1, 2'),
    finds: ['invalid-path /States/Prepare/Parameters/id.$'],
  },
  {
    name: 'an escape that intrinsic functions do not know',
    change: put('States/Prepare/Parameters/id.$', String.raw`States.Format('say \"{}\"', $.id)`),
    finds: ['invalid-path /States/Prepare/Parameters/id.$'],
  },
  {
    name: 'a path as text',
    change: put('States/Prepare/Parameters/fixed', '$.id'),
    finds: ['no-dollar /States/Prepare/Parameters/fixed'],
  },
  {
    name: 'a path in a Result',
    change: put('States/Each/Iterator/States/Item/Result/done', '$.done'),
    finds: ['static-result /States/Each/Iterator/States/Item/Result/done'],
  },
  {
    name: 'Output of JSONata',
    change: put('States/Prepare/Output', {}),
    finds: ['other-language-field /States/Prepare/Output'],
  },
  {
    name: 'Arguments of JSONata',
    change: put('States/Approve/Arguments', {}),
    finds: ['other-language-field /States/Approve/Arguments'],
  },
  {
    name: 'a Condition of JSONata',
    change: put(`${rule}/3`, { Condition: true, Next: 'Lost' }),
    finds: ['bad-choice-rule /States/Which/Choices[3]', 'bad-choice-rule /States/Which/Choices[3]/Condition'],
  },
  {
    name: 'ResultPath on a Wait',
    change: put('States/Pause/ResultPath', '$.x'),
    finds: ['unknown-field /States/Pause/ResultPath'],
  },
  {
    name: 'a comparison that does not exist',
    change: put(`${rule}/3`, { Variable: '$.name', StringStartsWith: 'a', Next: 'Lost' }),
    finds: [
      'bad-choice-rule /States/Which/Choices[3]',
      'bad-choice-rule /States/Which/Choices[3]/StringStartsWith',
    ],
  },
  {
    name: 'two comparisons in a rule',
    change: put(`${rule}/3/IsString`, true),
    finds: ['bad-choice-rule /States/Which/Choices[3]'],
  },
  {
    name: 'a comparison without a Variable',
    change: put(`${rule}/3/Variable`, undefined),
    finds: ['bad-choice-rule /States/Which/Choices[3]/StringMatches'],
  },
  {
    name: 'a rule without Next',
    change: put(`${rule}/2/Next`, undefined),
    finds: ['bad-choice-rule /States/Which/Choices[2]'],
  },
  {
    name: 'a Next in an inner rule',
    change: put(`${rule}/0/And/0/Next`, 'Lost'),
    finds: ['bad-choice-rule /States/Which/Choices[0]/And[0]/Next'],
  },
  {
    name: 'an And of nothing',
    change: put(`${rule}/0/And`, []),
    finds: ['bad-choice-rule /States/Which/Choices[0]/And'],
  },
  {
    name: 'a number compared with a text',
    change: put(`${rule}/1/NumericLessThan`, '5'),
    finds: ['bad-choice-rule /States/Which/Choices[1]/NumericLessThan'],
  },
  {
    name: 'a time without a zone',
    change: put(`${rule}/2/TimestampGreaterThan`, '2026-01-01T00:00:00'),
    finds: ['bad-timestamp /States/Which/Choices[2]/TimestampGreaterThan'],
  },
  {
    name: 'a comparison with a path as text',
    change: put(`${rule}/0/And/1/Not/StringEquals`, '$.status'),
    finds: ['no-path /States/Which/Choices[0]/And[1]/Not/StringEquals'],
  },
  {
    name: 'a Wait with two times',
    change: put('States/Pause/Seconds', 5),
    finds: ['conflicting-fields /States/Pause'],
  },
  {
    name: 'two timeouts',
    change: put('States/Fetch/TimeoutSeconds', 5),
    finds: ['conflicting-fields /States/Fetch'],
  },
  {
    name: 'an Error and an ErrorPath',
    change: put('States/Lost/Error', 'Lost'),
    finds: ['conflicting-fields /States/Lost'],
  },
  {
    name: 'both an Iterator and an ItemProcessor',
    change: put('States/Each/ItemProcessor', { StartAt: 'One', States: { One: { Type: 'Succeed' } } }),
    finds: ['conflicting-fields /States/Each'],
  },
  {
    name: 'a variable that nothing sets',
    change: put('States/Pause/SecondsPath', '$waits'),
    finds: ['undefined-variable /States/Pause/SecondsPath'],
  },
  {
    name: 'a variable in an intrinsic function that nothing sets',
    change: put('States/Lost/CausePath', "States.Format('{}', $said)"),
    finds: ['undefined-variable /States/Lost/CausePath'],
  },
  {
    name: 'a token that is not passed',
    change: put('States/Approve/Parameters/Message', { 'token.$': '$.token' }),
    finds: ['token-not-passed /States/Approve/Parameters'],
  },
  {
    name: 'a token in a call that waits for none',
    change: (machine) => {
      put('States/Approve/Resource', 'arn:aws:states:::sns:publish')(machine);
      put('States/Approve/TimeoutSeconds', 60)(machine);
      put('States/Approve/HeartbeatSecondsPath', undefined)(machine);
    },
    finds: ['no-token /States/Approve/Parameters/Message/token.$'],
  },
  {
    name: 'a state in JSONata that has a path',
    change: put('States/Modern/OutputPath', '$'),
    finds: ['other-language-field /States/Modern/OutputPath'],
  },
  {
    name: 'a ResultSelector that is no object',
    change: put('States/Fetch/ResultSelector', '$.Payload'),
    finds: ['wrong-type /States/Fetch/ResultSelector'],
  },
  {
    name: 'a loop that only a status ends',
    change: put(rule, [
      { Variable: '$.fetched.status', StringEquals: 'open', Next: 'Pause' },
      { Variable: '$.fetched.status', StringEquals: 'done', Next: 'Approve' },
    ]),
    finds: ['unbounded-loop /States/Fetch'],
  },
];
