import { describe, expect, it } from 'vitest';
import { checkMachine } from '../../../src/dsl/asl/check-machine.ts';
import type { State, StateMachine } from '../../../src/dsl/asl/machine.ts';

const machineOf = (States: Record<string, object>, StartAt = Object.keys(States)[0] ?? ''): StateMachine => ({
  QueryLanguage: 'JSONata',
  StartAt,
  States: States as Record<string, State>,
});

const end = { Type: 'Succeed' };
const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'F' } };
const body = (States: Record<string, object>, config: object = { Mode: 'INLINE' }) => ({
  ProcessorConfig: config,
  StartAt: Object.keys(States)[0],
  States,
});
const DISTRIBUTED = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };

/** A machine with one of everything, and nothing wrong. */
const sound = machineOf({
  Begin: { Type: 'Pass', Assign: { list: [1, 2], limit: '{% $states.input.limit %}' }, Next: 'Call' },
  Call: {
    ...invoke,
    TimeoutSeconds: 60,
    HeartbeatSeconds: 10,
    Retry: [{ ErrorEquals: ['Busy'] }, { ErrorEquals: ['States.ALL'] }],
    Catch: [
      { ErrorEquals: ['Known'], Assign: { why: '{% $states.errorOutput.Cause %}' }, Next: 'Which' },
      { ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'Lost' },
    ],
    Assign: { got: '{% $states.result.Payload %}' },
    Next: 'Which',
  },
  Which: {
    Type: 'Choice',
    Choices: [
      { Condition: '{% $exists($got) and $count($list) > $limit %}', Next: 'Both' },
      { Condition: true, Assign: { chosen: '{% $states.input %}' }, Next: 'Pause' },
    ],
    Default: 'Each',
  },
  Pause: { Type: 'Wait', Seconds: '{% $limit %}', Next: 'Each' },
  Both: {
    Type: 'Parallel',
    Branches: [
      {
        StartAt: 'Left',
        States: { Left: { Type: 'Pass', Assign: { l: '{% $got %}' }, Output: '{% $limit %}', End: true } },
      },
      {
        StartAt: 'Right',
        States: { Right: { Type: 'Pass', Assign: { l: 1 }, Output: '{% $list %}', End: true } },
      },
    ],
    Assign: { both: '{% $states.result[0] %}' },
    Next: 'Each',
  },
  Each: {
    Type: 'Map',
    Items: '{% $list %}',
    ItemSelector: { one: '{% $states.context.Map.Item.Value %}', limit: '{% $limit %}' },
    ItemProcessor: body({
      Item: { Type: 'Pass', Assign: { item: '{% $states.input.one + $limit %}' }, End: true },
    }),
    Next: 'Far',
  },
  Far: {
    Type: 'Map',
    Items: '{% $list %}',
    ItemSelector: { limit: '{% $limit %}' },
    ItemReader: {},
    ItemProcessor: body(
      { Item2: { Type: 'Pass', Assign: { own: '{% $states.input.limit %}' }, End: true } },
      DISTRIBUTED,
    ),
    Output: '{% $states.result %}',
    Next: 'Done',
  },
  Lost: { Type: 'Fail', Error: 'Lost', Cause: '{% $string($states.input) %}' },
  Done: end,
});

/** The sound machine with one state changed. */
const withState = (name: string, change: object): StateMachine => ({
  ...sound,
  States: { ...sound.States, [name]: { ...sound.States[name], ...change } as State },
});

const withBody = (name: string, States: Record<string, object>, config?: object) =>
  withState(name, { ItemProcessor: body(States, config) });

describe('checkMachine', () => {
  it('finds nothing in a sound machine', () => {
    expect(checkMachine(sound)).toEqual([]);
  });

  const faults: readonly (readonly [string, StateMachine, string, RegExp])[] = [
    ['a StartAt that is no state', { ...sound, StartAt: 'Nowhere' }, '', /^StartAt names 'Nowhere'/],
    ['a Next that is no state', withState('Pause', { Next: 'Nowhere' }), 'Pause', /^Next names 'Nowhere'/],
    ['a Default that is no state', withState('Which', { Default: 'Nowhere' }), 'Which', /^Default names/],
    [
      "a rule's Next that is no state",
      withState('Which', { Choices: [{ Condition: true, Next: 'Nowhere' }] }),
      'Which',
      /^Choices\[0\]\.Next names/,
    ],
    [
      'a Catch that leads nowhere',
      withState('Call', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Nowhere' }] }),
      'Call',
      /^Catch\[0\]\.Next names/,
    ],
    [
      "a branch's StartAt that is a state outside it",
      withState('Both', { Branches: [{ StartAt: 'Done', States: { Left: end } }] }),
      'Both',
      /^StartAt names 'Done', which is no state beside it/,
    ],
    [
      'a transition out of a map',
      withBody('Each', { Item: { Type: 'Pass', Next: 'Done' } }),
      'Item',
      /^Next names 'Done'/,
    ],
    ['a state that nothing leads to', withState('Island', end), 'Island', /^no transition leads to it/],
    [
      'a ring of states that nothing leads to',
      { ...sound, States: { ...sound.States, Round: { Type: 'Pass', Next: 'Round' } } },
      'Round',
      /^no transition leads to it/,
    ],
    ['two states of one name', withBody('Each', { Done: end }), 'Done', /has the same name/],
    [
      'a name that is too long',
      withBody('Each', { [`A${'b'.repeat(80)}`]: end }),
      `A${'b'.repeat(80)}`,
      /its name has 81 characters, more than 80/,
    ],
    [
      'a variable that nothing sets',
      withState('Pause', { Seconds: '{% $limt %}' }),
      'Pause',
      /^it reads \$limt, which no state of its scope/,
    ],
    [
      'a variable that only an inner scope sets',
      withState('Done', { Output: '{% $item %}' }),
      'Done',
      /^it reads \$item, which no state/,
    ],
    [
      "a branch's variable in its sibling",
      withState('Both', {
        Branches: [
          { StartAt: 'Left', States: { Left: { Type: 'Pass', Assign: { l: 1 }, End: true } } },
          { StartAt: 'Right', States: { Right: { Type: 'Pass', Output: '{% $l %}', End: true } } },
        ],
      }),
      'Right',
      /^it reads \$l, which no state/,
    ],
    [
      "an outer variable in a distributed map's body",
      withBody('Far', { Item2: { Type: 'Pass', Output: '{% $limit %}', End: true } }, DISTRIBUTED),
      'Item2',
      /^it reads \$limit of an outer scope, which a distributed map's body cannot/,
    ],
    [
      'an inner scope that sets an outer variable',
      withBody('Each', { Item: { Type: 'Pass', Assign: { list: 1 }, End: true } }),
      'Item',
      /^Assign sets \$list, a variable of an outer scope/,
    ],
    [
      'a distributed body that sets an outer variable',
      withBody('Far', { Item2: { Type: 'Pass', Assign: { limit: 1 }, End: true } }, DISTRIBUTED),
      'Item2',
      /^Assign sets \$limit, a variable of an outer scope/,
    ],
    [
      'a Catch that sets an outer variable',
      withBody('Each', {
        Item: {
          ...invoke,
          Catch: [{ ErrorEquals: ['States.ALL'], Assign: { got: 1 }, Next: 'After' }],
          Next: 'After',
        },
        After: end,
      }),
      'Item',
      /^Assign sets \$got/,
    ],
    [
      'Assign of states',
      withState('Begin', { Assign: { states: 1, list: [], limit: 1 } }),
      'Begin',
      /^Assign sets 'states'/,
    ],
    [
      'a name that no variable can have',
      withState('Begin', { Assign: { list: [], limit: 1, 'a-b': 1 } }),
      'Begin',
      /^Assign sets 'a-b', which is no variable's name/,
    ],
    [
      'an unknown function',
      withState('Done', { Output: '{% $size($list) %}' }),
      'Done',
      /^Output: no function is named \$size/,
    ],
    [
      'an unknown function deep in an expression',
      withState('Done', {
        Output: { a: ['{% $map($list, function($x) { [$x > 1 ? {"k": $size($x)}] }) %}'] },
      }),
      'Done',
      /^Output\.a\[0\]: no function is named \$size/,
    ],
    [
      '$eval',
      withState('Done', { Output: '{% $eval("1") %}' }),
      'Done',
      /^Output: Step Functions has no \$eval/,
    ],
    ['$$', withState('Done', { Output: '{% $$.x %}' }), 'Done', /^Output: '\$\$' is not there/],
    [
      '$states.result in a Pass',
      withState('Begin', { Output: '{% $states.result %}' }),
      'Begin',
      /^Output: \$states\.result is there only for/,
    ],
    [
      "$states.result in a Task's Arguments",
      withState('Call', { Arguments: { Payload: '{% $states.result.x %}' } }),
      'Call',
      /^Arguments\.Payload: \$states\.result/,
    ],
    [
      '$states.result in a Catch',
      withState('Call', {
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.result %}', Next: 'Lost' }],
      }),
      'Call',
      /^Catch\[0\]\.Output: \$states\.result/,
    ],
    [
      '$states.errorOutput outside a Catch',
      withState('Call', { Output: '{% $states.errorOutput.Cause %}' }),
      'Call',
      /^Output: \$states\.errorOutput is there only in a Catch/,
    ],
    [
      'a part of $states that is not there',
      withState('Done', { Output: '{% $states.output %}' }),
      'Done',
      /^Output: \$states has no output/,
    ],
    [
      'an expression that does not parse',
      withState('Done', { Output: '{% 1 + %}' }),
      'Done',
      /^Output: it does not parse: /,
    ],
    [
      'an expression that is not closed',
      withState('Done', { Output: '{% 1' }),
      'Done',
      /^Output: an expression must begin/,
    ],
    [
      'an expression that is not opened',
      withState('Done', { Output: '1 %}' }),
      'Done',
      /^Output: an expression must begin/,
    ],
    [
      'States.ALL beside others in a Catch',
      withState('Call', { Catch: [{ ErrorEquals: ['States.ALL', 'X'], Next: 'Lost' }] }),
      'Call',
      /^Catch\[0\] has States\.ALL beside other errors/,
    ],
    [
      'States.ALL before others in a Catch',
      withState('Call', {
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'Lost' },
          { ErrorEquals: ['X'], Next: 'Lost' },
        ],
      }),
      'Call',
      /^Catch\[0\] has States\.ALL but is not the last/,
    ],
    [
      'States.ALL before others in a Retry',
      withState('Call', { Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] }] }),
      'Call',
      /^Retry\[0\] has States\.ALL but is not the last/,
    ],
    [
      'States.ALL beside others in a Retry',
      withState('Call', { Retry: [{ ErrorEquals: ['X', 'States.ALL'] }] }),
      'Call',
      /^Retry\[0\] has States\.ALL beside/,
    ],
    [
      'a heartbeat longer than the timeout',
      withState('Call', { HeartbeatSeconds: 61 }),
      'Call',
      /^HeartbeatSeconds \(61\) is not less than TimeoutSeconds \(60\)/,
    ],
    [
      'an ItemReader on an inline map',
      withState('Each', { ItemReader: {} }),
      'Each',
      /^ItemReader is for distributed maps/,
    ],
    [
      'tolerated failures on an inline map',
      withState('Each', { ToleratedFailureCount: 1 }),
      'Each',
      /^ToleratedFailureCount is for distributed maps/,
    ],
    [
      'a field of JSONPath',
      withState('Begin', { ResultPath: '$.x' }),
      'Begin',
      /^ResultPath belongs to JSONPath/,
    ],
    ['Parameters', withState('Call', { Parameters: {} }), 'Call', /^Parameters belongs to JSONPath/],
    [
      'a rule of JSONPath',
      withState('Which', {
        Choices: [
          { Variable: '$.x', IsPresent: true, Next: 'Both' },
          { Condition: true, Next: 'Pause' },
        ],
      }),
      'Which',
      /^Choices\[0\]\.Variable belongs to JSONPath/,
    ],
    [
      'a key of JSONPath',
      withState('Call', { Arguments: { a: [{ 'b.$': '$.x' }] } }),
      'Call',
      /^Arguments\.a\[0\]\.b\.\$ belongs to JSONPath/,
    ],
    [
      'a definition that is too large',
      withState('Begin', { Comment: 'x'.repeat(1024 * 1024) }),
      '',
      /^the definition has \d+ bytes, more than 1048576/,
    ],
  ];

  it.each(faults.map(([name, machine, state, problem]) => ({ name, machine, state, problem })))(
    'tells of $name, and of nothing else',
    ({ machine, state, problem }) => {
      const found = checkMachine(machine);
      expect(found.filter((one) => one.state === state && problem.test(one.problem))).toHaveLength(1);
      // What a wrong transition no longer leads to is told, too.
      const others = found.filter(
        (one) => !problem.test(one.problem) && !one.problem.startsWith('no transition'),
      );
      expect(others).toEqual([]);
    },
  );

  it('tells of everything at once', () => {
    const machine = machineOf({
      One: { Type: 'Pass', Assign: { states: 1 }, Output: '{% $eval($x) %}', Next: 'Two' },
      Three: { ...end, Output: '{% $states.result %}' },
    });
    expect(
      checkMachine(machine).map(
        ({ state, problem }) => `${state}: ${problem.split(' ').slice(0, 3).join(' ')}`,
      ),
    ).toEqual([
      "One: Next names 'Two',",
      'Three: no transition leads',
      "One: Assign sets 'states',",
      'One: it reads $x,',
      'One: Output: Step Functions',
      'Three: Output: $states.result is',
    ]);
  });
});

describe('what an expression binds itself', () => {
  const found = (jsonata: string) =>
    checkMachine(machineOf({ Only: { ...end, Output: `{% ${jsonata} %}` } })).map(({ problem }) => problem);

  it.each([
    '($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(5))',
    '($x := 1; $y := $x + 1; $y)',
    '$reduce([1, 2], $append, [])',
    '[1, 2].($ + 1)',
    '$states.input.list@$l.($l.a)',
    '$states.input.list#$i.{"at": $i}',
    '$states.input.list[$.a > 1].b',
    '$states.input.list^(>a)',
    '$states.input ~> $keys ~> $count',
    '$sift($states.input, function($v, $k) { $k != "a" })',
    '($states).input',
    '$map([1], function($v, $i, $a) { $v + $i + $count($a) })',
    '$partition($range(1, 4, 1), 2)',
  ])('is known: %s', (jsonata) => {
    expect(found(jsonata)).toEqual([]);
  });

  it('is not known outside its block or function', () => {
    expect(found('[($x := 1; $x), $x]')).toEqual([
      'it reads $x, which no state of its scope or of one around it sets',
    ]);
    expect(found('[$map([1], function($v) { $v }), $v]')).toHaveLength(1);
    expect(found('$f(1)')).toEqual(['Output: no function is named $f; check its spelling']);
  });
});
