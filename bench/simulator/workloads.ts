import type { Json, StateMachine } from '../../src/dsl/index.ts';

/** One expression as `jsonata` alone evaluates it, and what it sees. */
export interface Evaluated {
  readonly source: string;
  /** The bindings at the machine's i-th time round. */
  readonly bindings: (round: number) => Readonly<Record<string, unknown>>;
}

/** A machine that goes round and round, the same way for all who run it. */
export interface Workload {
  readonly shape: string;
  readonly queryLanguage: 'JSONata' | 'JSONPath';
  readonly machine: StateMachine;
  readonly input: Json;
  /** States entered by one execution. */
  readonly transitions: number;
  readonly output: Json;
  /** For JSONata: how often it goes round, and the expressions of one time, in order. */
  readonly rounds?: number;
  readonly expressions?: readonly Evaluated[];
}

const ROUNDS = 6000;
const ITEMS = 1000;

const order = { id: 'o-7', lines: [3, 5, 8], customer: { name: 'Ann', city: 'Oslo' } };

const count: Workload = {
  shape: 'count',
  queryLanguage: 'JSONata',
  machine: {
    QueryLanguage: 'JSONata',
    StartAt: 'Begin',
    States: {
      Begin: { Type: 'Pass', Assign: { i: 0 }, Next: 'More' },
      More: {
        Type: 'Choice',
        Choices: [{ Condition: `{% $i < ${ROUNDS} %}`, Next: 'Add' }],
        Default: 'Done',
      },
      Add: { Type: 'Pass', Assign: { i: '{% $i + 1 %}' }, Next: 'More' },
      Done: { Type: 'Succeed', Output: '{% $i %}' },
    },
  },
  input: {},
  transitions: 2 * ROUNDS + 3,
  output: ROUNDS,
  rounds: ROUNDS,
  expressions: [
    { source: `$i < ${ROUNDS}`, bindings: (i) => ({ i, states: { input: {} } }) },
    { source: '$i + 1', bindings: (i) => ({ i, states: { input: {} } }) },
  ],
};

const seen = (i: number) => ({ i, states: { input: order } });

const orders: Workload = {
  shape: 'orders',
  queryLanguage: 'JSONata',
  machine: {
    QueryLanguage: 'JSONata',
    StartAt: 'Begin',
    States: {
      Begin: { Type: 'Pass', Assign: { i: 0, total: 0 }, Next: 'More' },
      More: {
        Type: 'Choice',
        Choices: [
          { Condition: `{% $i < ${ROUNDS} and $states.input.customer.city = 'Oslo' %}`, Next: 'Price' },
        ],
        Default: 'Done',
      },
      Price: {
        Type: 'Pass',
        Output:
          "{% {'id': $states.input.id, 'lines': $states.input.lines, 'customer': $states.input.customer} %}",
        Assign: { i: '{% $i + 1 %}', total: '{% $sum($states.input.lines) * $i %}' },
        Next: 'More',
      },
      Done: { Type: 'Succeed', Output: '{% [$states.input.id, $i, $total] %}' },
    },
  },
  input: order,
  transitions: 2 * ROUNDS + 3,
  output: ['o-7', ROUNDS, 16 * (ROUNDS - 1)],
  rounds: ROUNDS,
  expressions: [
    { source: `$i < ${ROUNDS} and $states.input.customer.city = 'Oslo'`, bindings: seen },
    {
      source: "{'id': $states.input.id, 'lines': $states.input.lines, 'customer': $states.input.customer}",
      bindings: seen,
    },
    { source: '$i + 1', bindings: seen },
    { source: '$sum($states.input.lines) * $i', bindings: seen },
  ],
};

const parcel = { id: 'p-7', label: 'x'.repeat(50_000) };

/** Each event has the text of what the loop carries along. */
const carry: Workload = {
  ...count,
  shape: 'carry 50 KB',
  input: parcel,
  expressions: [
    { source: `$i < ${ROUNDS}`, bindings: (i) => ({ i, states: { input: parcel } }) },
    { source: '$i + 1', bindings: (i) => ({ i, states: { input: parcel } }) },
  ],
};

const basket = {
  id: 'b-7',
  lines: [
    { sku: 'pen', price: 3, pieces: 2 },
    { sku: 'ink', price: 5, pieces: 1 },
    { sku: 'pad', price: 8, pieces: 4 },
  ],
};

/** A loop that computes one value from a basket each time. */
function basketLoop(shape: string, source: string, output: Json): Workload {
  const bindings = (i: number) => ({ i, states: { input: basket } });
  return {
    shape,
    queryLanguage: 'JSONata',
    machine: {
      QueryLanguage: 'JSONata',
      StartAt: 'Begin',
      States: {
        Begin: { Type: 'Pass', Assign: { i: 0 }, Next: 'More' },
        More: {
          Type: 'Choice',
          Choices: [{ Condition: `{% $i < ${ROUNDS} %}`, Next: 'Compute' }],
          Default: 'Done',
        },
        Compute: {
          Type: 'Pass',
          Assign: { i: '{% $i + 1 %}', value: `{% ${source} %}` },
          Next: 'More',
        },
        Done: { Type: 'Succeed', Output: '{% $value %}' },
      },
    },
    input: basket,
    transitions: 2 * ROUNDS + 3,
    output,
    rounds: ROUNDS,
    expressions: [
      { source: `$i < ${ROUNDS}`, bindings },
      { source: '$i + 1', bindings },
      { source, bindings },
    ],
  };
}

const lines = basketLoop(
  'lines',
  '$sum($map($states.input.lines, function($line) { $line.price * $line.pieces }))',
  43,
);
const predicate = basketLoop('predicate', "$states.input.lines[price > 4 and sku != 'ink'].pieces", 4);
const reduce = basketLoop(
  'reduce',
  '$reduce($states.input.lines, function($most, $line) { $line.price > $most ? $line.price : $most }, 0)',
  8,
);
const orderBy = basketLoop('order by', '$states.input.lines^(>price)[0].sku', 'pad');

const group = basketLoop('group', '$count($keys($states.input.lines{sku: $sum(pieces)}))', 3);
const pattern = basketLoop('pattern', "$replace($states.input.id, /[0-9]+/, 'x')", 'b-x');

/** What the package alone can evaluate, here as there. */
const picture = basketLoop('picture', "$formatNumber($i * 0 + 1234.5, '#,##0.00')", '1,234.50');

const items = Array.from({ length: ITEMS }, (_, id) => ({ id, name: `item-${id}` }));
const names = items.map(({ name }) => name);

const mapJsonata: Workload = {
  shape: 'map',
  queryLanguage: 'JSONata',
  machine: {
    QueryLanguage: 'JSONata',
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'Name',
          States: { Name: { Type: 'Pass', Output: '{% $states.input.name %}', End: true } },
        },
        End: true,
      },
    },
  },
  input: items,
  transitions: ITEMS + 1,
  output: names,
  rounds: ITEMS,
  expressions: [{ source: '$states.input.name', bindings: (at) => ({ states: { input: items[at] } }) }],
};

const countJsonPath: Workload = {
  shape: 'count',
  queryLanguage: 'JSONPath',
  machine: {
    StartAt: 'Begin',
    States: {
      Begin: { Type: 'Pass', Result: { i: 0 }, Next: 'More' },
      More: {
        Type: 'Choice',
        Choices: [{ Variable: '$.i', NumericLessThan: ROUNDS, Next: 'Add' }],
        Default: 'Done',
      },
      Add: { Type: 'Pass', Parameters: { 'i.$': 'States.MathAdd($.i, 1)' }, Next: 'More' },
      Done: { Type: 'Succeed', OutputPath: '$.i' },
    },
  },
  input: {},
  transitions: 2 * ROUNDS + 3,
  output: ROUNDS,
};

const ordersJsonPath: Workload = {
  shape: 'orders',
  queryLanguage: 'JSONPath',
  machine: {
    StartAt: 'Begin',
    States: {
      Begin: { Type: 'Pass', Result: 1, ResultPath: '$.i', Next: 'More' },
      More: {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: '$.i', NumericLessThanEquals: ROUNDS },
              { Variable: '$.customer.city', StringEquals: 'Oslo' },
            ],
            Next: 'Price',
          },
        ],
        Default: 'Done',
      },
      Price: {
        Type: 'Pass',
        Parameters: {
          'id.$': '$.id',
          'lines.$': '$.lines',
          'customer.$': '$.customer',
          'i.$': 'States.MathAdd($.i, 1)',
        },
        Next: 'More',
      },
      // The whole input: `i` shows how often it went round.
      Done: { Type: 'Succeed' },
    },
  },
  input: order,
  transitions: 2 * ROUNDS + 3,
  output: { ...order, i: ROUNDS + 1 },
};

const mapJsonPath: Workload = {
  shape: 'map',
  queryLanguage: 'JSONPath',
  machine: {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'Name',
          States: { Name: { Type: 'Pass', OutputPath: '$.name', End: true } },
        },
        End: true,
      },
    },
  },
  input: items,
  transitions: ITEMS + 1,
  output: names,
};

/** Loops and a Map in either language; none of them comes near a quota. */
export const workloads: readonly Workload[] = [
  count,
  orders,
  carry,
  lines,
  predicate,
  reduce,
  orderBy,
  group,
  pattern,
  picture,
  mapJsonata,
  countJsonPath,
  ordersJsonPath,
  mapJsonPath,
];
