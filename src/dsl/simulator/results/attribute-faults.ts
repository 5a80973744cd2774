import type { Json, JsonObject } from '../../asl/machine.ts';
import type { ResultFault } from './result-faults.ts';

const isText = (value: Json) => typeof value === 'string';
const isTexts = (value: Json) => Array.isArray(value) && (value as readonly Json[]).every(isText);
/** Exponents are allowed. Source: DynamoDB guide, "Supported data types and naming rules", "Number". */
const isNumber = (value: Json) =>
  typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value);
const isNumbers = (value: Json) => Array.isArray(value) && (value as readonly Json[]).every(isNumber);
const isTrue = (value: Json) => typeof value === 'boolean';
const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What each type of DynamoDB's attribute values holds, and as Step Functions has been seen to spell it. */
const types: { readonly [type: string]: readonly [expected: string, holds: (value: Json) => boolean] } = {
  S: ['a string', isText],
  N: ['a string of digits', isNumber],
  B: ['a string', isText],
  SS: ['an array of strings', isTexts],
  NS: ['an array of strings of digits', isNumbers],
  BS: ['an array of strings', isTexts],
  BOOL: ['a boolean', isTrue],
  NULL: ['a boolean', isTrue],
  Ss: ['an array of strings', isTexts],
  Ns: ['an array of strings of digits', isNumbers],
  Bs: ['an array of strings', isTexts],
  Bool: ['a boolean', isTrue],
  Nul: ['a boolean', isTrue],
  M: ['an object', isObject],
  L: ['an array', Array.isArray],
};

interface Position {
  readonly place: string;
  readonly field: string;
}

/** What is wrong with an attribute value: one type, and under it what that type holds. */
export function* attributeFaults(value: Json, { place, field }: Position): Iterable<ResultFault> {
  const members = isObject(value) ? Object.entries(value) : [];
  const [first] = members;
  if (first === undefined || members.length > 1) {
    const expected = 'an attribute value such as { "S": "text" } or { "N": "1" }';
    yield { place, field, problem: { kind: 'type', expected }, got: value };
    return;
  }
  const [type, content] = first;
  const at = { place: `${place}.${type}`, field: type };
  const known = Object.hasOwn(types, type) ? types[type] : undefined;
  if (known === undefined) {
    yield { ...at, problem: { kind: 'unknown', known: Object.keys(types).slice(0, 8).concat('M', 'L') } };
    return;
  }
  const [expected, holds] = known;
  if (!holds(content)) {
    yield { ...at, problem: { kind: 'type', expected }, got: content };
    return;
  }
  if (type !== 'M' && type !== 'L') return;
  for (const [key, item] of Object.entries(content as JsonObject)) {
    const inner = type === 'L' ? `[${key}]` : `.${key}`;
    yield* attributeFaults(item, { place: at.place + inner, field: key });
  }
}
