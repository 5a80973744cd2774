import fc from 'fast-check';

const names = ['a', 'list', '__proto__', 'constructor', 'toString', 'é', '`a b`'];
const functions = (
  'abs append assert average base64decode base64encode boolean ceil contains count distinct each encodeUrl error ' +
  'exists filter floor formatBase formatInteger formatNumber fromMillis hash join keys length lookup lowercase map ' +
  'match max merge millis now not number pad parse parseInteger partition power random range reduce replace reverse ' +
  'round shuffle sift single sort split spread sqrt string substring substringAfter sum toMillis trim type uuid zip eval'
).split(' ');
const operators = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '&',
  '=',
  '!=',
  '<',
  '>=',
  'in',
  'and',
  'or',
  '..',
  '~>',
  '.',
  ':=',
  '^',
  '@',
  '#',
  '?:',
  '??',
  '|',
];

/** Texts that are JSONata or nearly so. */
export const jsonataText = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      '0',
      '-1.5',
      '1e308',
      '"x"',
      '"\\ud800"',
      'null',
      'true',
      '$',
      '$$',
      '$states',
      '$states.input',
      '*',
      '**',
      '%',
    ),
    fc.constantFrom(
      '/a+/',
      '/(/',
      '/^(a*)*$/',
      '/\\d/i',
      '[]',
      '{}',
      '()',
      '"',
      '/*',
      '`',
      'function',
      '$f',
      '$none',
    ),
    fc.constantFrom(...names).map((name) => `$states.input.${name}`),
    fc.tuple(tie('text'), fc.constantFrom(...operators), tie('text')).map((parts) => parts.join(' ')),
    fc
      .tuple(fc.constantFrom(...functions), fc.array(tie('text'), { maxLength: 3 }))
      .map(([name, args]) => `$${name}(${args.join(', ')})`),
    fc.tuple(tie('text'), tie('text')).map(([list, part]) => `${list}[${part}]`),
    fc.tuple(tie('text'), tie('text')).map(([list, part]) => `${list}.{${part}: ${part}}`),
    fc.tuple(tie('text'), tie('text')).map(([list, part]) => `${list}^(>${part})`),
    fc.tuple(tie('text'), tie('text'), tie('text')).map(([test, yes, no]) => `${test} ? ${yes} : ${no}`),
    fc
      .tuple(tie('text'), tie('text'))
      .map(([body, argument]) => `($f := function($x, $y) { ${body} }; $f(${argument}))`),
    fc.tuple(tie('text'), tie('text')).map(([list, body]) => `$map(${list}, function($x) { ${body} })`),
    fc.array(tie('text'), { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(fc.constantFrom(...names), tie('text')).map(([name, value]) => `{"${name}": ${value}}`),
    fc.string({ maxLength: 8 }),
  ),
})).text;

/** Texts that are paths or intrinsic functions, or nearly so. */
export const pathText = fc.letrec<{ step: string; path: string; call: string; text: string }>((tie) => ({
  step: fc.oneof(
    fc.constantFrom(
      '.a',
      '.list',
      "['__proto__']",
      '.constructor',
      '.toString',
      '[0]',
      '[-1]',
      '[*]',
      '..',
      '..a',
      '[0:2]',
      '[1,2]',
    ),
    fc.constantFrom(
      '.length()',
      '.max()',
      '.keys()',
      '.concat(',
      "['a','b']",
      '[',
      ']',
      '.*',
      '[99999999999999999999]',
      '.é',
      '.',
    ),
    fc
      .tuple(tie('path'), fc.constantFrom('==', '<', '=~', 'in', '&&', '||', 'empty'), tie('path'))
      .map((parts) => `[?(${parts.join(' ')})]`),
    fc.constantFrom(
      '[?(@.k)]',
      '[?(@.k =~ /(a*)*b/)]',
      '[?(@.k =~ /(/)]',
      '[?(@ in [1,)]',
      '[?(!(@.k > 1))]',
    ),
  ),
  path: fc
    .tuple(fc.constantFrom('$', '$$', '@', '$kept', ''), fc.array(tie('step'), { maxLength: 4 }))
    .map(([root, steps]) => root + steps.join('')),
  call: fc
    .tuple(
      fc.constantFrom(
        'Array',
        'ArrayPartition',
        'ArrayContains',
        'ArrayRange',
        'ArrayGetItem',
        'ArrayLength',
        'ArrayUnique',
        'Base64Decode',
        'Base64Encode',
        'Format',
        'Hash',
        'JsonMerge',
        'JsonToString',
        'MathAdd',
        'MathRandom',
        'StringSplit',
        'StringToJson',
        'UUID',
        'toString',
        'None',
      ),
      fc.array(
        fc.oneof(
          tie('path'),
          tie('call'),
          fc.constantFrom('1', '-1e99', "'x'", "'{}'", "'\\ud800'", 'null', "'MD5'", "'"),
        ),
        { maxLength: 3 },
      ),
    )
    .map(([name, args]) => `States.${name}(${args.join(', ')})`),
  text: fc.oneof(tie('path'), tie('call'), fc.string({ maxLength: 10 })),
})).text;
