import fc from 'fast-check';

/** What the expressions see: values of each kind, lists in lists, and fields that only some elements have. */
export const bindings = {
  n: 7,
  text: 'some text',
  yes: true,
  object: { a: 1, b: { a: 'deep' }, list: [1, 2] },
  list: [{ a: 1 }, { a: [2, 3] }],
  lines: [
    { sku: 'x', price: 3, pieces: 2, tags: ['new'] },
    { sku: 'y', price: 5, tags: [] },
    { sku: 'x', price: 8, pieces: 4, tags: ['old', 'big'], parts: [{ price: 1 }, { price: 2 }] },
  ],
  numbers: [3, 1, 2],
  texts: ['b', 'a', 'b'],
  nested: [[1, 2], [3], []],
  odd: [{ price: 'dear' }, { price: null }, 4, null, [{ price: 6 }]],
  empty: [],
  one: [5],
  only: [{ price: 9, tags: ['single'] }],
  time: '2026-01-01T00:00:00.000Z',
  nothing: null,
  // Stand in for parameters where there is no function.
  x: { price: 1, a: [1] },
  i: 1,
};

/** What the clock says. */
export const NOW = Date.parse('2026-03-04T05:06:07.008Z');

export const states = {
  input: { a: [1, { b: 2 }], list: 'x', lines: bindings.lines },
  context: { a: { a: 3 } },
};

const ofOne = [
  'exists',
  'not',
  'boolean',
  'type',
  'count',
  'string',
  'number',
  'length',
  'uppercase',
  'lowercase',
  'trim',
  'toMillis',
  'fromMillis',
  'sum',
  'max',
  'min',
  'average',
  'floor',
  'ceil',
  'abs',
  'sqrt',
  'keys',
  'merge',
  'reverse',
  'distinct',
  'sort',
  'join',
  'hash',
];

const ofTwo = [
  'append',
  'contains',
  'substringBefore',
  'substringAfter',
  'split',
  'join',
  'substring',
  'power',
  'lookup',
  'partition',
];

const operators = ['+', '-', '*', '/', '%', '<', '<=', '>', '>=', '=', '!=', '&', 'in', 'and', 'or'];
const names = ['a', 'b', 'list', 'toString', 'price'];

/** Expressions of all that may have a direct form; most of them make little sense. */
export const { source, functions, kept } = fc.letrec<{
  source: string;
  value: string;
  number: string;
  some: string;
  over: string;
  list: string;
  lambda: string;
  text: string;
  pattern: string;
  group: string;
  kept: string;
  call: string;
  statement: string;
  functions: string;
  comparator: string;
  filter: string;
  step: string;
}>((tie) => ({
  value: fc.oneof(
    fc.constantFrom('0', '1', '2.5', '-3', '1e300', '"x"', '""', '"é😀"', '" b "', 'true', 'false', 'null'),
    fc.constantFrom('$n', '$text', '$yes', '$object', '$one', '$time', '$nothing', '$none', '$', '$x', '$i'),
    fc.constantFrom('$object.a', '$object.b.a', '$object.list', '$object.toString', '$text.a', '$x.price'),
    fc.constantFrom('$states.input.a', '$states.input', '$states.context.a', '$states.result', '$states.b'),
    fc.constantFrom('price', 'a', 'tags', 'parts.price', '$x.tags', '$x.parts', '$.price', 'pieces'),
    tie('list'),
  ),
  number: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('$n', '1', '2.5', '$x.price', '$i', 'price', '$states.input.lines[0].price', '$none'),
    fc.constantFrom('$sum($lines.price)', '$count($list)', '$max($numbers)', '$length($text)', '$x.pieces'),
    fc
      .tuple(tie('number'), fc.constantFrom('+', '-', '*', '<', '>=', '=', 'and'), tie('number'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
  ),
  /** A number more often than anything else, so that more comes of it than faults. */
  some: fc.oneof({ arbitrary: tie('number'), weight: 3 }, { arbitrary: tie('source'), weight: 2 }),
  over: fc.oneof({ arbitrary: tie('list'), weight: 4 }, tie('source')),
  list: fc.oneof(
    fc.constantFrom('$list', '$lines', '$numbers', '$texts', '$nested', '$odd', '$empty', '$one', '$only'),
    fc.constantFrom('$list.a', '$lines.price', '$lines.tags', '$lines.parts', '$lines.parts.price'),
    fc.constantFrom('$odd.price', '$only.tags', '$states.input.lines', '[1..3]', '[$i..3]', '$lines.none'),
  ),
  lambda: fc
    .tuple(fc.constantFrom('$x', '$x, $i', '$x, $i, $all', '', '$n, $x, $i'), tie('some'))
    .map(([parameters, body]) => `function(${parameters}) { ${body} }`),
  text: fc.constantFrom('$text', '$time', '"a-b--c"', '"é😀"', '""', '"$1"', '$texts[0]', '$x.sku'),
  pattern: fc.constantFrom('/e/', '/[a-z]+/', '/(o)(m)?/', '/-/', '/x*/', '/T.*$/i', '/^/', '/(\\d)(\\d)/'),
  group: fc.oneof(
    fc.constantFrom('{sku: price}', '{sku: $sum(price)}', '{"all": $}', '{$string(a): $count($)}'),
    fc.tuple(tie('some'), tie('some')).map(([name, value]) => `{$string(${name}): ${value}}`),
  ),
  /** `$f(…)[]`, which keeps a list of one. */
  kept: fc
    .tuple(
      fc.constantFrom('map', 'filter', 'each'),
      tie('over'),
      tie('lambda'),
      fc.constantFrom('[]', '[]', '[0][]'),
    )
    .map(([name, list, lambda, after]) => `$${name}(${list}, ${lambda})${after}`),
  call: fc.oneof(
    fc
      .tuple(fc.constantFrom('f', 'g'), tie('source'), tie('source'))
      .map(([name, x, i]) => `$${name}(${x}, ${i})`),
    fc.constantFrom('$f($x)', '$f($f(1))', '$f($g($n), $i)', '$f()', '$f(1, 2, 3, 4)', '$x.$f(price)'),
    tie('over').map((list) => `$map(${list}, function($i, $x) { $f($i, $x) })`),
    tie('source').map((value) => `$string($f(${value}))`),
  ),
  statement: fc.oneof(
    fc.tuple(fc.constantFrom('x', 'i', 'n', 'f'), tie('some')).map(([name, value]) => `$${name} := ${value}`),
    fc
      .tuple(
        fc.constantFrom('f', 'g'),
        fc.constantFrom('$x', '$x, $i', '', '$i, $n'),
        fc.oneof(tie('some'), tie('call')),
      )
      .map(([name, parameters, body]) => `$${name} := function(${parameters}) { ${body} }`),
    tie('source'),
  ),
  /** A block with functions of its own, which may see each other and what is bound before and after them. */
  functions: fc
    .tuple(
      tie('lambda'),
      fc.array(tie('statement'), { maxLength: 2 }),
      fc.array(fc.oneof(tie('call'), tie('call'), tie('source')), { minLength: 1, maxLength: 2 }),
    )
    .map(
      ([lambda, statements, values]) =>
        `($f := ${lambda}; ${[...statements, `[${values.join(', ')}]`].join('; ')})`,
    ),
  comparator: fc
    .tuple(fc.constantFrom('price', 'a', 'pieces'), fc.constantFrom('>', '<'))
    .map(([name, operator]) => `function($x, $y) { $x.${name} ${operator} $y.${name} }`),
  filter: fc.oneof(
    fc.constantFrom('0', '-1', '1.5', '$i', 'price', 'price > 3', 'sku = "x"', '$ > 1', '$ in $one', 'tags'),
    tie('number'),
    tie('source'),
  ),
  step: fc.oneof(
    fc.constantFrom('.price', '.a', '.tags', '.parts', '.{"p": price}', '.(price * pieces)', '.$string($)'),
    fc.constantFrom('^(price)', '^(>price)', '^(sku, >price)', '^(pieces)', '^($)'),
    tie('filter').map((filter) => `[${filter}]`),
    tie('some').map((inner) => `.(${inner})`),
  ),
  source: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: tie('value'), weight: 3 },
    fc
      .tuple(tie('some'), fc.constantFrom(...operators), tie('some'))
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    fc
      .tuple(tie('some'), tie('source'), tie('source'))
      .map(([condition, then, otherwise]) => `(${condition}) ? ${then} : ${otherwise}`),
    fc.array(tie('source'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...names), tie('source')), { selector: ([name]) => name })
      .map((pairs) => `{${pairs.map(([name, value]) => `"${name}": ${value}`).join(', ')}}`),
    fc.tuple(tie('source'), tie('source')).map(([name, value]) => `{$string(${name}): ${value}}`),
    fc.tuple(fc.constantFrom(...ofOne), tie('over')).map(([name, argument]) => `$${name}(${argument})`),
    fc
      .tuple(fc.constantFrom(...ofTwo), tie('source'), tie('source'))
      .map(([name, first, second]) => `$${name}(${first}, ${second})`),
    fc
      .tuple(tie('source'), tie('source'), tie('source'))
      .map(([text, start, length]) => `$substring(${text}, ${start}, ${length})`),
    tie('source').map((inner) => `-(${inner})`),
    fc
      .tuple(
        fc.constantFrom('contains', 'match', 'split'),
        fc.oneof(tie('text'), tie('source')),
        tie('pattern'),
      )
      .map(([name, text, pattern]) => `$${name}(${text}, ${pattern})`),
    fc
      .tuple(tie('text'), fc.oneof(tie('pattern'), tie('text')), fc.oneof(tie('text'), tie('source')))
      .map(([text, pattern, replacement]) => `$replace(${text}, ${pattern}, ${replacement})`),
    fc
      .tuple(tie('over'), fc.array(tie('step'), { minLength: 1, maxLength: 3 }))
      .map(([start, steps]) => `(${start})${steps.join('')}`),
    fc
      .tuple(tie('list'), fc.array(tie('step'), { minLength: 1, maxLength: 3 }), fc.option(tie('group')))
      .map(([start, steps, group]) => `${start}${steps.join('')}${group ?? ''}`),
    fc
      .tuple(
        fc.constantFrom('map', 'filter', 'single', 'each', 'sift'),
        tie('over'),
        fc.oneof(tie('lambda'), tie('lambda'), fc.constantFrom('$string', '$exists', '$uppercase', '$count')),
        fc.constantFrom('', '', '[0]', '.price', '[price > 3]'),
      )
      .map(([name, list, lambda, after]) => `$${name}(${list}, ${lambda})${after}`),
    fc
      .tuple(tie('over'), tie('some'), fc.option(tie('some')))
      .map(
        ([list, body, initial]) =>
          `$reduce(${list}, function($x, $i) { ${body} }${initial === null ? '' : `, ${initial}`})`,
      ),
    fc.tuple(tie('over'), tie('comparator')).map(([list, comparator]) => `$sort(${list}, ${comparator})`),
    fc
      .tuple(
        tie('source'),
        fc.constantFrom('$sum', '$count()', '$join("-")', '$map(function($x) { $x.price })'),
      )
      .map(([value, call]) => `(${value}) ~> ${call}`),
    fc
      .tuple(fc.constantFrom('x', 'i', 'n'), tie('source'), tie('source'))
      .map(([name, value, body]) => `($${name} := ${value}; ${body})`),
    tie('kept').map((kept) => `[${kept}]`),
    fc.tuple(tie('source'), tie('kept')).map(([first, kept]) => `$count([${first}, ${kept}])`),
    tie('functions'),
    fc.constantFrom(
      '$now()',
      '$millis()',
      '$fromMillis($toMillis($now()) + 1000 * $n)',
      '$substring($now(), 0, 4)',
    ),
  ),
}));
