import * as z from 'zod';
import { plainPattern } from './plain-pattern.ts';

/** What the checks on a schema ask that a machine cannot do. */
export interface CheckFaults {
  readonly refused: readonly string[];
  readonly left: readonly string[];
}

/** Checks that JSON Schema says wholly. */
const SAID = new Set([
  'less_than',
  'greater_than',
  'multiple_of',
  'number_format',
  'max_length',
  'min_length',
  'length_equals',
]);

/** Formats that zod checks by code; their patterns accept or refuse something else. */
const BY_CODE = new Set(['url', 'ipv6', 'cidrv6', 'jwt', 'creditCard', 'credit_card', 'json_string']);

/** Where zod goes by code that accepts exactly what this pattern does. */
const EXACT: Readonly<Record<string, string>> = {
  base64: z.core.regexes.base64.source,
  base64url: z.core.regexes.base64url.source,
};

type Check = z.core.$ZodChecks['_zod']['def'] | { readonly check: string };

export function checksOf(schema: z.core.$ZodType): CheckFaults {
  const faults = definitionsOf(schema).map(checkFault);
  return {
    refused: faults.flatMap(({ refused }) => refused ?? []),
    left: faults.flatMap(({ left }) => left ?? []),
  };
}

function checkFault(definition: Check): { readonly refused?: string; readonly left?: string } {
  if (SAID.has(definition.check)) return {};
  switch (definition.check) {
    case 'string_format': {
      const format = definition as z.core.$ZodCheckStringFormatDef;
      if (sayable(format) !== undefined) return {};
      return {
        left: isByCode(format) ? `the format ${format.format}` : `the pattern ${String(format.pattern)}`,
      };
    }
    case 'overwrite':
      return {
        refused:
          'an overwrite such as .trim() or .toLowerCase() gives another value than the caller wrote, but the machine ' +
          'runs no code; ask for the value as it must be, with .regex(), or change it in a step',
      };
    case 'custom':
      return { left: 'a refinement' };
    default:
      return { left: `the check ${definition.check}` };
  }
}

/** The patterns of a text schema without flags, of those checks that a pattern says wholly. */
export const patternsOf = (schema: z.core.$ZodType): readonly string[] =>
  definitionsOf(schema).flatMap((definition) =>
    definition.check === 'string_format'
      ? (sayable(definition as z.core.$ZodCheckStringFormatDef) ?? [])
      : [],
  );

function sayable(format: z.core.$ZodCheckStringFormatDef): string | undefined {
  if (isByCode(format) || format.pattern === undefined) return undefined;
  return EXACT[format.format] ?? plainPattern(format.pattern);
}

const isByCode = (format: z.core.$ZodCheckStringFormatDef): boolean =>
  BY_CODE.has(format.format) || (format as { position?: number }).position !== undefined;

/** A schema of a format is its own first check. */
function definitionsOf(schema: z.core.$ZodType): readonly Check[] {
  const own = schema._zod.traits.has('$ZodCheck') ? [schema as unknown as z.core.$ZodCheck] : [];
  return [...own, ...(schema._zod.def.checks ?? [])].map((check) => check._zod.def);
}
