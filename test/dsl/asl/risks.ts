/** Faults that Step Functions takes without a word: bounds, retries and payloads. */
import { type Definition, type Mutant, put } from './mutants.ts';

const ask = 'States/Both/Branches/0/States/Ask';
const told = 'States/Both/Branches/1/States/Told';
const askPlace = '/States/Both/Branches[0]/States/Ask';
const toldPlace = '/States/Both/Branches[1]/States/Told';

export const risks: readonly Mutant[] = [
  {
    name: 'a task without a timeout',
    change: put(`${told}/TimeoutSeconds`, undefined),
    finds: [`unbounded-task ${toldPlace}`],
  },
  {
    name: 'a wait for a token without a bound',
    change: put(`${ask}/TimeoutSeconds`, undefined),
    finds: [`unbounded-token-wait ${askPlace}`],
  },
  {
    name: "a timeout that is not below the machine's",
    change: put(`${ask}/TimeoutSeconds`, 86_400),
    finds: [`timeout-over-machine ${askPlace}/TimeoutSeconds`],
  },
  {
    name: 'a Choice without Default',
    change: put('States/Which/Default', undefined),
    finds: ['no-default /States/Which'],
  },
  {
    name: 'a loop that only a status ends',
    change: put('States/Which/Choices/0/Condition', "{% $got.status = 'done' %}"),
    finds: ['unbounded-loop /States/Call'],
  },
  ...(
    [
      ['a count that stays as it is', '{% $round %}'],
      ['a count that begins anew each round', 0],
      ['a count that begins anew by an expression', '{% 0 %}'],
      ['a count that goes the wrong way', '{% $round - 1 %}'],
    ] as const
  ).map(([name, round]) => ({
    name,
    change: put('States/Which/Choices/1/Assign/round', round),
    finds: ['unbounded-loop /States/Call'],
  })),
  {
    name: 'a loop that counts another variable than it compares',
    change: put('States/Which/Choices/1/Assign', { rounds: '{% $limit + 1 %}' }),
    finds: ['unbounded-loop /States/Call'],
  },
  {
    name: 'a count that may jump over its end',
    change: (machine) => {
      put('States/Which/Choices/0/Condition', '{% $round = 5 %}')(machine);
      put('States/Which/Choices/1/Assign/round', '{% $round + 2 %}')(machine);
    },
    finds: ['unbounded-loop /States/Call'],
  },
  {
    name: 'a deadline that is set anew each round',
    change: (machine) => {
      put('States/Which/Choices/0/Condition', '{% $millis() > $round %}')(machine);
      put('States/Which/Choices/1/Assign/round', '{% $millis() + 60000 %}')(machine);
    },
    finds: ['unbounded-loop /States/Call'],
  },
  {
    name: 'a loop beside the way that is counted',
    change: put('States/Call/Catch/0/Next', 'Pause'),
    finds: ['unbounded-loop /States/Call'],
  },
  ...(
    [
      ['{% $millis() > $limit %}', undefined],
      ['{% 5 <= $round %}', '{% 1 + $round %}'],
      ['{% $not($round < 5) %}', '{% $round + 2 %}'],
      ['{% $round = 5 %}', '{% $round + 1 %}'],
      ['{% $round < 1 %}', '{% $round - 2 %}'],
      ['{% $count($round.left) = 0 %}', '{% {"left": $round.left[[1..9]]} %}'],
      ['{% $millis() > $round %}', '{% $round > 0 ? $round : $millis() + 60000 %}'],
    ] as const
  ).map(([Condition, round]) => ({
    name: `no loop that ${Condition} ends, with ${round}`,
    change: (machine: Definition) => {
      put('States/Which/Choices/0/Condition', Condition)(machine);
      put('States/Which/Choices/1/Assign/round', round)(machine);
    },
    finds: [],
  })),
  {
    name: 'a loop that adds to a variable',
    change: put('States/Which/Choices/1/Assign/list', '{% $append($list, $got) %}'),
    finds: ['growing-payload /States/Which/Choices[1]/Assign/list'],
  },
  ...[
    '$append([1], $list)',
    '[$list, 1]',
    '$list & "x"',
    '{"before": $list}',
    '$merge([$list, $got])',
    '$merge([$list, {$got.id: 1}])',
    '$join([$list, "x"], ",")',
    '$list ~> $append(1)',
    '$sort($append($list, $got))',
    '$exists($got) ? $append($list, $got) : $list',
    '($one := 1; $append($list, $one))',
  ].map((expression) => ({
    name: `a loop that adds to a variable by ${expression}`,
    change: put('States/Which/Choices/1/Assign/list', `{% ${expression} %}`),
    finds: ['growing-payload /States/Which/Choices[1]/Assign/list'],
  })),
  ...[
    '$append($list, $got)[[-10..-1]]',
    '$list[[1..9]]',
    '$merge([$list, {"last": $got.id}])',
    '{"id": $list.id, "last": $got.id}',
    '$count($list) & "x"',
    '[$list[0], 1]',
  ].map((expression) => ({
    name: `no growth by ${expression}`,
    change: put('States/Which/Choices/1/Assign/list', `{% ${expression} %}`),
    finds: [],
  })),
  {
    name: 'a loop that adds to a member of a variable',
    change: put('States/Which/Choices/1/Assign/list', {
      all: '{% $append($list.all, 1) %}',
      last: '{% $list %}',
    }),
    finds: ['growing-payload /States/Which/Choices[1]/Assign/list/all'],
  },
  ...(
    [
      [{}, '{% $append($states.input.all, 1) %}', false],
      [undefined, '{% $append($states.input.all, 1) %}', true],
      [undefined, '{% $append($states.input.all, 1)[[0..9]] %}', false],
    ] as const
  ).map(([Output, all, grows]) => ({
    name: `an output ${all} in a loop with an Output of ${JSON.stringify(Output)}`,
    change: (machine: Definition) => {
      put('States/Call', { Type: 'Pass', ...(Output && { Output }), Next: 'Which' })(machine);
      put('States/Which/Choices/1/Condition', '{% $round < 5 %}')(machine);
      put('States/Pause/Output', { all })(machine);
      put('States/Both/Branches/1/States/Told/Arguments/Message', 'done')(machine);
      put('States/Far/ItemReader/Arguments/Key', 'orders')(machine);
      put('States/Lost', undefined)(machine);
    },
    finds: grows ? ['growing-payload /States/Pause/Output/all'] : [],
  })),
  {
    name: 'a blind retry of a message',
    change: put(`${told}/Retry`, [{ ErrorEquals: ['States.ALL'] }]),
    finds: [`blind-retry ${toldPlace}/Retry[0]/ErrorEquals`],
  },
  {
    name: 'a retry of a message that may have been sent',
    change: put(`${told}/Retry`, [{ ErrorEquals: ['States.Timeout'] }]),
    finds: [`blind-retry ${toldPlace}/Retry[0]/ErrorEquals`],
  },
  {
    name: 'a blind retry of a function',
    change: put('States/Call/Retry/1/MaxAttempts', undefined),
    finds: ['blind-retry /States/Call/Retry[1]/ErrorEquals'],
  },
  {
    name: 'a Retrier whose errors an earlier one takes',
    change: put('States/Call/Retry/1/ErrorEquals', ['Lambda.TooManyRequestsException']),
    finds: ['never-matches /States/Call/Retry[1]/ErrorEquals'],
  },
  {
    name: 'a retry of what is never retried',
    change: put('States/Call/Retry/1/ErrorEquals', ['States.Runtime']),
    finds: ['never-matches /States/Call/Retry[1]/ErrorEquals'],
  },
  {
    name: 'a missed heartbeat of a task that has none',
    change: put('States/Call/HeartbeatSeconds', undefined),
    finds: ['never-matches /States/Call/Retry[0]/ErrorEquals'],
  },
  {
    name: 'an error of the SDK written in another way',
    change: put('States/Far/ItemProcessor/States/Order/Retry/0/ErrorEquals', [
      'DynamoDB.RequestLimitExceeded',
    ]),
    finds: ['never-matches /States/Far/ItemProcessor/States/Order/Retry[0]/ErrorEquals'],
  },
  {
    name: "another service's error",
    change: put('States/Far/ItemProcessor/States/Order/Retry/0/ErrorEquals', ['Lambda.ServiceException']),
    finds: ['never-matches /States/Far/ItemProcessor/States/Order/Retry[0]/ErrorEquals'],
  },
  ...(
    [
      ['Call', 'States.Runtime', true],
      ['Call', 'States.BranchFailed', true],
      ['Call', 'States.ItemReaderFailed', true],
      ['Call', 'States.Http.StatusCode.429', true],
      ['Call', 'States.ParameterPathFailure', true],
      ['Call', 'DynamoDB.ConditionalCheckFailedException', true],
      ['Call', 'States.QueryEvaluationError', false],
      ['Call', 'com.example.OutOfStock', false],
      ['Call', 'Lambda.Unknown', false],
      ['Both', 'States.ItemReaderFailed', true],
      ['Both', 'States.BranchFailed', false],
      ['Both', 'Anything.At.All', false],
      ['Each', 'States.ExceedToleratedFailureThreshold', true],
      ['Each', 'States.ResultWriterFailed', true],
      ['Each', 'States.IntrinsicFailure', true],
      ['Far', 'States.ItemReaderFailed', false],
      ['Far', 'States.ExceedToleratedFailureThreshold', false],
    ] as const
  ).map(([state, error, never]) => ({
    name: `${error} of ${state} ${never ? 'never' : 'well'} caught`,
    change: put(`States/${state}/Catch`, [
      { ErrorEquals: [error], Assign: { got: {} }, Output: {}, Next: state === 'Call' ? 'Which' : 'Done' },
      { ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'Lost' },
    ]),
    finds: [
      ...(never ? [`never-matches /States/${state}/Catch[0]/ErrorEquals`] : []),
      ...(state === 'Both' ? ['maybe-undefined-variable /States/Done/Output'] : []),
    ],
  })),
  {
    name: 'the results of a distributed map kept whole',
    change: (machine) => {
      put('States/Far/ResultWriter', undefined)(machine);
      put('States/Far/Output', '{% $states.result %}')(machine);
    },
    finds: ['unprojected-results /States/Far'],
  },
  {
    name: 'whole replies kept of every item',
    change: (machine) => {
      const body = 'States/Each/ItemProcessor/States/Kept';
      put(body, {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:dynamodb:scan',
        Arguments: { TableName: 'T' },
        TimeoutSeconds: 5,
        End: true,
      })(machine);
    },
    finds: ['unprojected-results /States/Each'],
  },
];
