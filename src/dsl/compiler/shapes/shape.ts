/** What is known of the JSON of a value, as far as its size goes. */
export type Shape =
  | { readonly kind: 'unknown' }
  /** Text, a number, a boolean or null: bytes of its JSON. */
  | { readonly kind: 'scalar'; readonly least: number; readonly most: number | undefined }
  | {
      readonly kind: 'list';
      readonly items: Shape;
      readonly fewest: number;
      readonly most: number | undefined;
    }
  | {
      readonly kind: 'object';
      readonly fields: { readonly [name: string]: FieldShape };
      /** Whether it may have fields beside these. */
      readonly open: boolean;
    }
  | { readonly kind: 'either'; readonly shapes: readonly Shape[] };

export interface FieldShape {
  readonly shape: Shape;
  /** Whether it is there in any case. */
  readonly sure: boolean;
}

export const UNKNOWN: Shape = { kind: 'unknown' };

export const scalar = (least: number, most: number | undefined): Shape => ({ kind: 'scalar', least, most });

/** The longest JSON of a number: `-0.0000012345678901234567`, since below a millionth JavaScript writes an exponent. */
export const NUMBER = scalar(1, 25);

export const BOOLEAN = scalar(4, 5);

export const NULL = scalar(4, 4);

export const objectOf = (fields: { readonly [name: string]: Shape }): Shape => ({
  kind: 'object',
  fields: Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, { shape, sure: true }])),
  open: false,
});

/** One of several; what may be anything makes the whole so. */
export function eitherOf(shapes: readonly Shape[]): Shape {
  const [first] = shapes;
  if (first === undefined || shapes.some(({ kind }) => kind === 'unknown')) return UNKNOWN;
  return shapes.length === 1 ? first : { kind: 'either', shapes };
}

export function fieldOf(shape: Shape, name: string): Shape {
  if (shape.kind === 'either') return eitherOf(shape.shapes.map((one) => fieldOf(one, name)));
  if (shape.kind !== 'object') return UNKNOWN;
  const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
  if (field !== undefined) return field.shape;
  // A field that is not there fails the expression, or is asked for by exists() and orElse().
  return shape.open ? UNKNOWN : NULL;
}

export function itemsOf(shape: Shape): Shape {
  if (shape.kind === 'either') return eitherOf(shape.shapes.map(itemsOf));
  return shape.kind === 'list' ? shape.items : UNKNOWN;
}

/** The most elements that a list may have; undefined when nothing bounds it. */
export function mostItems(shape: Shape): number | undefined {
  if (shape.kind === 'list') return shape.most;
  if (shape.kind !== 'either') return undefined;
  const counts = shape.shapes.map(mostItems);
  return counts.some((count) => count === undefined) ? undefined : Math.max(...(counts as number[]));
}

export function fewestItems(shape: Shape): number {
  if (shape.kind === 'list') return shape.fewest;
  return shape.kind === 'either' ? Math.min(...shape.shapes.map(fewestItems)) : 0;
}
