import type { Json } from '../../asl/machine.ts';
import type { FieldShape, Shape } from './shape.ts';

/** The bytes of UTF-8 of a value's JSON, as Step Functions counts a payload. */
export const jsonBytes = (value: Json): number => Buffer.byteLength(JSON.stringify(value));

/** The most bytes that the JSON of a value may have; undefined when nothing bounds it. */
export function mostBytes(shape: Shape): number | undefined {
  switch (shape.kind) {
    case 'unknown':
      return undefined;
    case 'scalar':
      return shape.most;
    case 'list': {
      const each = mostBytes(shape.items);
      if (shape.most === 0) return 2;
      return shape.most === undefined || each === undefined ? undefined : 1 + shape.most * (each + 1);
    }
    case 'object':
      return shape.open ? undefined : fieldBytes(Object.entries(shape.fields), mostBytes);
    case 'either': {
      const all = shape.shapes.map(mostBytes);
      return all.some((bytes) => bytes === undefined) ? undefined : Math.max(...(all as number[]));
    }
  }
}

/** The fewest bytes that it has in any case. */
export function leastBytes(shape: Shape): number {
  switch (shape.kind) {
    case 'unknown':
      return 0;
    case 'scalar':
      return shape.least;
    case 'list':
      return shape.fewest === 0 ? 2 : 1 + shape.fewest * (leastBytes(shape.items) + 1);
    case 'object': {
      const sure = Object.entries(shape.fields).filter(([, field]) => field.sure);
      return fieldBytes(sure, leastBytes) ?? 0;
    }
    case 'either':
      return Math.min(...shape.shapes.map(leastBytes));
  }
}

/** Braces, each name with its colon, each value, and the commas between. */
function fieldBytes(
  fields: readonly (readonly [name: string, field: FieldShape])[],
  bytes: (shape: Shape) => number | undefined,
): number | undefined {
  let total = 1 + Math.max(1, fields.length);
  for (const [name, { shape }] of fields) {
    const value = bytes(shape);
    if (value === undefined) return undefined;
    total += jsonBytes(name) + 1 + value;
  }
  return total;
}
