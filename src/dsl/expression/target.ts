import type { z } from 'zod';

/** What a template becomes a part of: which fields may be left out of it. */
export interface Target {
  readonly field: (name: string) => { readonly optional: boolean; readonly within: Target };
  readonly element: Target;
}

/** Every field must have a value: one that has none fails the state. */
export const COMPLETE: Target = {
  field: () => ({ optional: false, within: COMPLETE }),
  get element() {
    return COMPLETE;
  },
};

/** Of no schema: every field may be left out. */
export const ANYTHING: Target = {
  field: () => ({ optional: true, within: ANYTHING }),
  get element() {
    return ANYTHING;
  },
};

/** Of what a schema takes: the fields that it says are optional, or gives a default, may be left out. */
export const targetOf = (schema: z.core.$ZodType): Target => oneOf([schema]);

type Schema = z.core.$ZodType;

function oneOf(schemas: readonly Schema[]): Target {
  const given = schemas.flatMap(alternatives);
  if (given.some((schema) => defOf(schema).type === 'unknown' || defOf(schema).type === 'any'))
    return ANYTHING;
  return {
    field: (name) => {
      const fields = given.flatMap((schema) => fieldSchema(schema, name));
      const optional = fields.length > 0 && fields.every((field) => field._zod.optin !== undefined);
      return { optional, within: oneOf(fields) };
    },
    get element() {
      return oneOf(given.flatMap(elementSchemas));
    },
  };
}

const defOf = (schema: Schema) => (schema as z.core.$ZodTypes)._zod.def;

/** What a value may be, without what is round it: the alternatives of a union, the parts of an intersection. */
function alternatives(schema: Schema): readonly Schema[] {
  const def = defOf(schema);
  if (def.type === 'union') return def.options.flatMap(alternatives);
  if (def.type === 'intersection') return [def.left, def.right].flatMap(alternatives);
  if (def.type === 'pipe') return alternatives(def.in);
  if (def.type === 'lazy') return alternatives(def.getter());
  return 'innerType' in def ? alternatives(def.innerType) : [schema];
}

function fieldSchema(schema: Schema, name: string): readonly Schema[] {
  const def = defOf(schema);
  if (def.type === 'record') return [def.valueType];
  if (def.type !== 'object') return [];
  const field = Object.hasOwn(def.shape, name) ? def.shape[name] : def.catchall;
  return field === undefined ? [] : [field];
}

function elementSchemas(schema: Schema): readonly Schema[] {
  const def = defOf(schema);
  if (def.type === 'array') return [def.element];
  return def.type === 'tuple' ? [...def.items, ...(def.rest ? [def.rest] : [])] : [];
}
