import type {
  ComposedOperator,
  FunctionOperator,
  InfixOperator,
  ListOperator,
  Operator,
} from '../../ast/expression-node.ts';
import { plainCause, plainError } from './plain-failure.ts';

/** How an operator is written, given its operands' texts. */
interface Rendering {
  readonly text: (operands: readonly string[]) => string;
  /** Whether the text may stand as an operand without parentheses. */
  readonly atomic: boolean;
  /** Whether the result may be an array that the text does not show to be one by its brackets. */
  readonly hidesArray: boolean;
}

const open = (text: Rendering['text']): Rendering => ({ text, atomic: false, hidesArray: false });

const infix = (symbol: string): Rendering => open((operands) => operands.join(` ${symbol} `));

const atom = (text: Rendering['text']): Rendering => ({ text, atomic: true, hidesArray: false });

const call = (name: string): Rendering => atom((operands) => `$${name}(${operands.join(', ')})`);

/** In brackets, since JSONata gives an array of one as its element, and of none as nothing. */
const list = (name: string): Rendering => atom((operands) => `[$${name}(${operands.join(', ')})]`);

const anything = (text: Rendering['text']): Rendering => ({ text, atomic: false, hidesArray: true });

const INFIX: Readonly<Record<InfixOperator, Rendering>> = {
  '=': infix('='),
  '!=': infix('!='),
  '<': infix('<'),
  '<=': infix('<='),
  '>': infix('>'),
  '>=': infix('>='),
  and: infix('and'),
  or: infix('or'),
  in: infix('in'),
  '+': infix('+'),
  '-': infix('-'),
  '*': infix('*'),
  '/': infix('/'),
  '%': infix('%'),
  '&': infix('&'),
};

const FUNCTIONS: Readonly<Record<FunctionOperator, Rendering>> = {
  not: call('not'),
  exists: call('exists'),
  type: call('type'),
  count: call('count'),
  sum: call('sum'),
  min: call('min'),
  max: call('max'),
  average: call('average'),
  abs: call('abs'),
  floor: call('floor'),
  ceil: call('ceil'),
  round: call('round'),
  power: call('power'),
  number: call('number'),
  string: call('string'),
  length: call('length'),
  uppercase: call('uppercase'),
  lowercase: call('lowercase'),
  trim: call('trim'),
  contains: call('contains'),
  join: call('join'),
  substring: call('substring'),
  substringBefore: call('substringBefore'),
  substringAfter: call('substringAfter'),
  replace: call('replace'),
  pad: call('pad'),
  base64encode: call('base64encode'),
  base64decode: call('base64decode'),
  encodeUrlComponent: call('encodeUrlComponent'),
  decodeUrlComponent: call('decodeUrlComponent'),
  hash: call('hash'),
  now: call('now'),
  toMillis: call('toMillis'),
  fromMillis: call('fromMillis'),
  uuid: call('uuid'),
  random: call('random'),
};

const LISTS: Readonly<Record<ListOperator, Rendering>> = {
  split: list('split'),
  keys: list('keys'),
  append: list('append'),
  reverse: list('reverse'),
  distinct: list('distinct'),
  partition: list('partition'),
};

const COMPOSED: Readonly<Record<ComposedOperator, Rendering>> = {
  orElse: anything(([value, fallback]) => `$exists(${value}) ? ${value} : ${fallback}`),
  choose: anything(([condition, then, otherwise]) => `${condition} ? ${then} : ${otherwise}`),
  at: anything(([list, index]) => `${list}[${index}]`),
  field: { ...anything(([object, name]) => `${object}.${name}`), atomic: true },
  lookup: { ...call('lookup'), hidesArray: true },
  parse: { ...call('parse'), hidesArray: true },
  range: atom(([first, last]) => `[${first}..${last}]`),
  steps: list('range'),
  flatten: atom(([lists]) => `[$reduce(${lists}, $append, [])]`),
  merge: atom((operands) => `$merge([${operands.join(', ')}])`),
  entries: atom(([object]) => `[$each(${object}, function($v, $k) { {"key": $k, "value": $v} })[]]`),
  fromEntries: atom(([entries]) => `$merge([$map(${entries}, function($e) { {$e.key: $e.value} })[]])`),
  startsWith: open(([text, start]) => `$substring(${text}, 0, $length(${start})) = ${start}`),
  endsWith: open(([text, end]) => `$substring(${text}, $length(${text}) - $length(${end})) = ${end}`),
  required: anything(([value = '', words]) => required(value, `$error(${words})`)),
  seconds: atom(([value = '']) => checked(value, WHOLE_SECONDS, 'a wait takes a whole number of seconds')),
  timestamp: atom(([value = '']) =>
    checked(value, TIME, 'a wait ends at a time such as 2026-11-22T03:14:07Z'),
  ),
  plainCause: atom(([cause = '']) => plainCause(cause)),
  plainError: atom(([error = '', cause = '']) => plainError(error, cause)),
};

/** What a Wait state takes (States Language, "Wait State"), asked where a failure can be caught. */
const WHOLE_SECONDS = '$type($_value) = "number" and $_value >= 0 and $_value = $floor($_value)';
const TIME =
  '$contains($_value, /^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+\\-]\\d{2}:\\d{2})(?![\\s\\S])/)' +
  ' and $toMillis($_value) < 1e15';

const checked = (value: string, condition: string, words: string): string =>
  `($_value := ${value}; ${condition} ? $_value : $error("${words}"))`;

/** A value, or an error in its place: within an expression a missing one would be passed over. */
const required = (value: string, error: string): string =>
  /^\$[\w.]+$/.test(value)
    ? `$exists(${value}) ? ${value} : ${error}`
    : `($_value := ${value}; $exists($_value) ? $_value : ${error})`;

export const OPERATORS: Readonly<Record<Operator, Rendering>> = {
  ...INFIX,
  ...FUNCTIONS,
  ...LISTS,
  ...COMPOSED,
};
