import fc from 'fast-check';
import { pool } from './pool.ts';
import { jsonataText, pathText } from './texts.ts';

type Holder = { [key: string]: unknown } | unknown[];

const words = (
  'constructor toString __proto__ hasOwnProperty valueOf Each Rest Way Ask Stop Pass Task Choice Map Parallel Fail Wait Succeed ' +
  'JSONata JSONPath States.ALL States.Runtime States.Timeout DISTRIBUTED MANIFEST JSON PARQUET GIVEN NONE $ $$ $.a $.list ' +
  'arn:aws:states:::lambda:invoke arn:aws:states:::lambda:invoke.waitForTaskToken arn:aws:states:::constructor:toString ' +
  'arn:aws:states:::states:startExecution arn:aws:states:::s3:getObject arn:aws:lambda:us-east-1:1:function:toString'
).split(' ');
const word = fc.oneof(
  fc.constantFrom('', '\ud800', '\u0000', '{%%}', '{% $states.input %}', 'x'.repeat(300), ...words),
  fc.string({ maxLength: 6 }),
  jsonataText.map((text) => `{% ${text} %}`),
  pathText,
);

/** Any JSON, with what most often goes wrong; `nested 300 a` stands for so many levels (grown.ts). */
export const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -0, -1, 1, 1.5, 1e3, 1e21, 1e308, 5e-324, 2 ** 53),
    fc.constantFrom(
      2,
      3,
      4,
      5,
      7,
      8,
      60,
      'on',
      'off',
      'k',
      'x',
      'y',
      [],
      {},
      [1],
      [[1]],
      [{ k: 1 }, { k: 2 }],
      { k: 2 },
      'nested 300',
      'nested 1200 a',
      'nested 12000',
      'nested 12000 Not',
    ),
    word,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(word, tie('value')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

export const input = fc.oneof(
  fc.record(
    {
      a: json,
      n: fc.oneof(fc.nat(5), json),
      list: fc.oneof(fc.array(json, { maxLength: 4 }), json),
      t: word,
    },
    { requiredKeys: [] },
  ),
  json,
);

type Change = {
  readonly at: number;
  readonly how: 'delete' | 'set' | 'add' | 'swap';
  readonly value: unknown;
  readonly key: string;
};

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('delete', 'set', 'set', 'add', 'swap'),
  value: json,
  key: fc.oneof(
    word,
    fc.constantFrom('Next', 'End', 'Output', 'Assign', 'Retry', 'Items', 'ResultPath', 'Branches', 'States'),
  ),
});

/** A machine of the pool with one to three changes, each somewhere in it. */
export const mutated = fc
  .tuple(fc.constantFrom(...pool), fc.array(change, { minLength: 1, maxLength: 3 }))
  .map(([machine, changes]) => {
    const copy: unknown = structuredClone(machine);
    for (const one of changes) apply(copy, one);
    return copy;
  });

function apply(machine: unknown, { at, how, value, key }: Change): void {
  const places = [...placesIn(machine)];
  if (places.length === 0) return;
  const [holder, name] = places[at % places.length] as Place;
  const old = (holder as { [key: string]: unknown })[name];
  if (how === 'delete' && !Array.isArray(holder)) delete holder[name];
  else if (how === 'delete') (holder as unknown[]).splice(Number(name), 1);
  else if (how === 'set') define(holder, name, value);
  else if (how === 'add' && Array.isArray(old)) old.push(value);
  else if (how === 'add' && typeof old === 'object' && old !== null) define(old, key, value);
  else {
    const [other, otherName] = places[(at * 7 + 3) % places.length] as Place;
    define(holder, name, structuredClone((other as { [key: string]: unknown })[otherName]));
  }
}

const define = (holder: object, name: string, value: unknown) =>
  Object.defineProperty(holder, name, { value, configurable: true, enumerable: true, writable: true });

type Place = readonly [holder: Holder, name: string];

function* placesIn(value: unknown, depth = 0): Generator<Place> {
  if (typeof value !== 'object' || value === null || depth > 30) return;
  for (const [key, inner] of Object.entries(value)) {
    yield [value as Holder, key];
    yield* placesIn(inner, depth + 1);
  }
}
