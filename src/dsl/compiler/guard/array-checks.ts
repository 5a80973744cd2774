import type { JsonObject } from '../../asl/machine.ts';
import type { Checking, Family } from './checking.ts';
import { loop } from './loop.ts';
import { deeper, fault, joined, type Place, position, together } from './place.ts';

export const arrayFamily: Family = {
  keywords: ['items', 'prefixItems', 'minItems', 'maxItems'],
  checks(schema, place, checking) {
    const positions = Array.isArray(schema.prefixItems) ? (schema.prefixItems as readonly JsonObject[]) : [];
    return [
      ...countChecks(schema, place),
      ...positions.flatMap((item, index) => positionCheck(item, position(deeper(place, 2), index), checking)),
      ...restChecks(schema, place, { checking, from: positions.length }),
    ];
  },
};

function countChecks({ minItems: least, maxItems: most }: JsonObject, place: Place): readonly string[] {
  const count = `$count(${place.value})`;
  return [
    ...(typeof least === 'number' && least > 0
      ? [fault(place, `${count} < ${least}`, `must have at least ${elements(least)}`)]
      : []),
    ...(typeof most === 'number'
      ? [fault(place, `${count} > ${most}`, `must have at most ${elements(most)}`)]
      : []),
  ];
}

const elements = (count: number): string => `${count} element${count === 1 ? '' : 's'}`;

/** A position that is not there is a matter of the count. */
function positionCheck(schema: JsonObject, place: Place, checking: Checking): readonly string[] {
  const checks = checking.faults(schema, place);
  return checks.length === 0 ? [] : [`$exists(${place.value}) ? [${checks.join(', ')}]`];
}

function restChecks(
  schema: JsonObject,
  place: Place,
  { checking, from }: { readonly checking: Checking; readonly from: number },
): readonly string[] {
  if (typeof schema.items !== 'object' || schema.items === null) return [];
  const { inner, around } = loop(place);
  const [element, index] = [`$v${inner.loops}`, `$i${inner.loops}`];
  const checks = checking.faults(schema.items as JsonObject, {
    ...inner,
    value: element,
    path: `${joined(place.path, '[')} & ${index} & "]"`,
    label: `${place.label}[]`,
  });
  if (checks.length === 0) return [];
  const here =
    from === 0 ? `[${checks.join(', ')}]` : `$i${inner.loops} < ${from} ? [] : ${together(checks)}`;
  return [around(place.value, [element, index], here)];
}
