import type { FindingCode } from './codes.ts';
import { isList, isObject, kindOf, shown } from './json-value.ts';
import type { Language } from './language.ts';
import { nearest } from './nearest.ts';

/** What a field takes. */
export type ValueRule =
  | { readonly kind: 'any' | 'text' | 'flag' | 'object' | 'list' | 'full list' }
  /** The type only in JSONPath; JSONata also takes an expression. */
  | { readonly kind: 'object or expression' | 'list or expression' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | {
      readonly kind: 'number';
      readonly least: number;
      readonly most: number;
      readonly whole: boolean;
      /** Whether JSONata may also give an expression. */
      readonly expression: boolean;
    }
  /** A path or, where `nullable`, null. */
  | { readonly kind: 'path'; readonly nullable: boolean };

export interface BadValue {
  readonly code: FindingCode;
  readonly problem: string;
  readonly remedy: string;
  readonly awsMessage?: string;
}

/** Why a value does not fit its field; undefined when it does. */
export function misfit(value: unknown, rule: ValueRule, language: Language): BadValue | undefined {
  const expression = language === 'JSONata' && typeof value === 'string' && value.startsWith('{%');
  switch (rule.kind) {
    case 'any':
      return undefined;
    case 'text':
      return typeof value === 'string' ? undefined : wrongType('a string', value);
    case 'flag':
      return typeof value === 'boolean' ? undefined : wrongType('true or false', value);
    case 'object':
      return isObject(value) ? undefined : wrongType('an object', value);
    case 'object or expression':
      return isObject(value) || expression ? undefined : wrongType('an object', value);
    case 'list':
      return isList(value) ? undefined : wrongType('a list', value);
    case 'full list':
      return isList(value) && value.length > 0 ? undefined : wrongType('a list with something in it', value);
    case 'list or expression':
      return isList(value) || isObject(value) || expression ? undefined : wrongType('a list', value);
    case 'path':
      return typeof value === 'string' || (rule.nullable && value === null)
        ? undefined
        : wrongType('a path', value);
    case 'word': {
      if (typeof value !== 'string') return wrongType('a string', value);
      if (rule.words.includes(value)) return undefined;
      const meant = nearest(value, rule.words);
      return {
        code: 'unknown-value',
        problem: `must be one of ${rule.words.join(', ')}, got ${shown(value)}`,
        remedy: meant === undefined ? 'write one of these words' : `write ${meant}`,
      };
    }
    case 'number':
      return rule.expression && expression ? undefined : badNumber(value, rule);
  }
}

function badNumber(
  value: unknown,
  { least, most, whole }: { readonly least: number; readonly most: number; readonly whole: boolean },
): BadValue | undefined {
  if (typeof value !== 'number') return wrongType('a number', value);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return undefined;
  const range = most === Infinity ? `${least} or more` : `from ${least} to ${most}`;
  return {
    code: 'out-of-range',
    problem: `must be ${whole ? 'a whole number ' : ''}${range}, got ${value}`,
    remedy: 'give a number in that range',
    ...(value < least ? { awsMessage: `Minimum value is ${least}` } : {}),
    ...(value > most ? { awsMessage: `Maximum value is ${most}` } : {}),
  };
}

const wrongType = (wanted: string, value: unknown): BadValue => ({
  code: 'wrong-type',
  problem: `must be ${wanted}, got ${isList(value) && value.length === 0 ? 'an empty list' : kindOf(value)}`,
  remedy: `make it ${wanted}`,
});
