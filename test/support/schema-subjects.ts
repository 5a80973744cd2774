import fc from 'fast-check';
import * as z from 'zod';
import type { Json } from '../../src/dsl/asl/machine.ts';
import { type Subject, bounds, subject } from './subject.ts';
import { texts } from './text-subjects.ts';

const halves = (low: number, high: number) => fc.integer({ min: low * 2, max: high * 2 }).map((n) => n / 2);

const scalars: fc.Arbitrary<Subject> = fc.oneof(
  fc.constant(
    subject(
      z.number(),
      fc.oneof(
        fc.integer().map((n) => n / 4),
        fc.constantFrom(-0, 1e300, -1e-300),
      ),
    ),
  ),
  bounds(-50, 50).map(({ low, high }) => subject(z.number().min(low).max(high), halves(low, high))),
  bounds(-50, 50).map(({ low, high }) => subject(z.number().gt(low).lt(high), halves(low, high))),
  bounds(-50, 50).map(({ low, high }) =>
    subject(z.int().min(low).max(high), fc.integer({ min: low, max: high })),
  ),
  fc.constantFrom(3, 0.1, 0.07, 1e-9).map((step) =>
    subject(
      z.number().multipleOf(step),
      fc.oneof(
        fc.integer({ min: -999, max: 999 }).map((n) => n * step),
        halves(-9, 9),
        fc.constantFrom(1e300, 1e16),
      ),
    ),
  ),
  fc.constantFrom(
    subject(z.int(), fc.oneof(fc.integer(), fc.constantFrom(2 ** 53 - 1, 2 ** 53, -(2 ** 53)))),
    subject(z.int32(), fc.oneof(fc.integer(), fc.constantFrom(2 ** 31, -(2 ** 31)))),
    subject(z.float32(), fc.constantFrom(1.5, 1e39)),
    subject(z.literal([0, 'x', null, true]), fc.constantFrom(0, -0, 'x', null, true)),
    subject(z.literal(1), fc.constant(1)),
    subject(z.boolean(), fc.boolean()),
    subject(z.null(), fc.constant(null)),
    subject(z.unknown(), fc.jsonValue() as fc.Arbitrary<Json>),
  ),
);

const listOf = (element: Subject): fc.Arbitrary<Subject> =>
  bounds(0, 3).map(({ low, high }) => ({
    schema: z.array(element.schema).min(low).max(high),
    values: fc.array(element.values, { minLength: low, maxLength: high }),
    ambiguous: element.ambiguous,
  }));

const tupleOf = (items: readonly Subject[]): fc.Arbitrary<Subject> =>
  fc.record({ optional: fc.boolean(), rest: fc.boolean() }).map(({ optional, rest }) => {
    const schemas = items.map(({ schema }) => schema);
    const last = schemas.length - 1;
    const all = schemas.map((schema, index) => (optional && index === last ? schema.optional() : schema));
    const [first = z.null(), ...more] = all;
    const values = items.map((item) => item.values);
    const filled = fc.tuple(...values);
    const tail = items[0]?.values ?? fc.constant(null);
    const options = [
      filled,
      ...(optional ? [fc.tuple(...values.slice(0, last))] : []),
      ...(rest ? [fc.tuple(filled, tail).map(([list, one]) => [...list, one])] : []),
    ] as fc.Arbitrary<Json[]>[];
    return {
      schema: rest ? z.tuple([first, ...more], items[0]?.schema ?? z.null()) : z.tuple([first, ...more]),
      values: fc.oneof(...options),
      ambiguous: true,
    };
  });

const NAMES = ['name', 'size', 'a-b', 'true', 'and', 'in', 'function', 'x y', '"q"', '`', '\\', '$', ''];
const name = fc.constantFrom(...NAMES);

interface Field {
  readonly subject: Subject;
  readonly kind: 'required' | 'optional' | 'default';
}
const fieldOf = (subject: fc.Arbitrary<Subject>): fc.Arbitrary<Field> =>
  fc.record({ subject, kind: fc.constantFrom<Field['kind']>('required', 'required', 'optional') });

type Rest = 'strict' | 'strip' | 'loose' | 'catchall';

const objectOf = (field: fc.Arbitrary<Subject>): fc.Arbitrary<Subject> =>
  fc
    .record({
      fields: fc.dictionary(name, fieldOf(field), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
      rest: fc.constantFrom<Rest>('strict', 'strict', 'strip', 'loose', 'catchall'),
    })
    .map(({ fields, rest }) => object(fields, rest));

function object(fields: Record<string, Field>, rest: Rest): Subject {
  const entries = Object.entries(fields);
  const shape = Object.fromEntries(
    entries.map(([key, { subject, kind }]) => [
      key,
      kind === 'required' ? subject.schema : subject.schema.optional(),
    ]),
  );
  const required = entries.filter(([, { kind }]) => kind === 'required').map(([key]) => key);
  const values = Object.fromEntries(entries.map(([key, { subject }]) => [key, subject.values]));
  const schemas = {
    strict: () => z.strictObject(shape),
    strip: () => z.object(shape),
    loose: () => z.looseObject(shape),
    catchall: () => z.object(shape).catchall(z.number()),
  };
  return {
    schema: schemas[rest](),
    values: fc
      .record(values, { requiredKeys: required })
      .map((value) => ({ ...value, ...(rest === 'strict' ? {} : { other: 1 }) })),
    ambiguous: entries.some(([, { subject }]) => subject.ambiguous),
  };
}

const recordOf = (member: Subject): fc.Arbitrary<Subject> => {
  const from = (schema: z.ZodType, keys: fc.Arbitrary<string>, minKeys = 0): Subject => ({
    schema,
    values: fc.dictionary(keys, member.values, { minKeys, maxKeys: 3, noNullPrototype: true }),
    ambiguous: member.ambiguous,
  });
  const some = fc.constantFrom('a', 'b');
  return fc.constantFrom(
    from(z.record(z.string(), member.schema), name),
    from(
      z.record(
        z
          .string()
          .regex(/^[a-z]+$/)
          .max(4),
        member.schema,
      ),
      fc.constantFrom('a', 'abcd', 'x y', 'abcde'),
    ),
    from(z.record(z.enum(['a', 'b']), member.schema), some, 2),
    from(z.partialRecord(z.enum(['a', 'b']), member.schema), some),
  );
};

const unionOf = (options: readonly Subject[]): fc.Arbitrary<Subject> => {
  const schemas = options.map(({ schema }) => schema);
  const values = fc.oneof(...options.map((option) => option.values));
  return fc.constantFrom(
    { schema: z.union(schemas), values, ambiguous: true },
    { schema: z.xor(schemas), values, ambiguous: true },
  );
};

const discriminatedOf = (field: fc.Arbitrary<Subject>): fc.Arbitrary<Subject> =>
  fc
    .array(fc.record({ first: fieldOf(field), rest: fc.constantFrom<Rest>('strict', 'strip') }), {
      minLength: 2,
      maxLength: 3,
    })
    .map((ways) => {
      const options = ways.map(({ first, rest }, index) => {
        const tag = subject(
          index === 0 ? z.enum(['k0', 'k']) : z.literal(`k${index}`),
          fc.constant(`k${index}`),
        );
        return object({ kind: { subject: tag, kind: 'required' }, first }, rest);
      });
      return {
        schema: z.discriminatedUnion('kind', options.map(({ schema }) => schema) as never),
        values: fc.oneof(...options.map(({ values }) => values)),
        ambiguous: true,
      };
    });

const intersectionOf = (field: fc.Arbitrary<Subject>): fc.Arbitrary<Subject> =>
  fc
    .tuple(
      fc.record({ a: fieldOf(field), b: fieldOf(field) }),
      fc.record({ c: fieldOf(field) }),
      fc.record({
        left: fc.constantFrom<Rest>('strict', 'strip', 'loose'),
        right: fc.constantFrom<Rest>('strict', 'strip', 'loose'),
      }),
      fc.boolean(),
    )
    .map(([left, right, rests, described]) => {
      const [one, other] = [object(left, rests.left), object(right, rests.right)];
      return {
        schema: (described ? one.schema.describe('one side') : one.schema).and(other.schema),
        values: fc.tuple(one.values, other.values).map(([a, b]) => ({ ...(a as object), ...(b as object) })),
        ambiguous: true,
      };
    });

/** A tree of the subject's values, by a schema that refers to itself. */
function treeOf({ schema, values }: Subject): Subject {
  const tree: z.ZodType = z.strictObject({
    value: schema,
    get kids() {
      return z.array(tree).optional();
    },
  });
  const { node } = fc.letrec<{ node: Json }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      values.map((value) => ({ value })),
      fc.record({ value: values, kids: fc.array(tie('node'), { maxLength: 2 }) }),
    ),
  }));
  return { schema: tree, values: node, ambiguous: true };
}

const described = ({ schema, values, ambiguous }: Subject): Subject => ({
  schema: schema.readonly().describe('something'),
  values,
  ambiguous,
});

const orNull = ({ schema, values, ambiguous }: Subject): Subject => ({
  schema: schema.nullable(),
  values: fc.oneof(values, fc.constant(null)),
  ambiguous,
});

const { any: anything, object: objects } = fc.letrec<{ any: Subject; object: Subject }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    texts,
    scalars,
    tie('any').chain(listOf),
    tie('object'),
    tie('any').map(orNull),
    tie('any').map(described),
    tie('any').map(treeOf),
    tie('any').chain(recordOf),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).chain(tupleOf),
    fc.array(tie('any'), { minLength: 2, maxLength: 3 }).chain(unionOf),
    discriminatedOf(tie('any')),
    intersectionOf(tie('any')),
  ),
  object: objectOf(tie('any')),
}));

/** Schemas of every kind that a guard knows, in each other. */
export const schemaSubjects: fc.Arbitrary<Subject> = fc.oneof(anything, objects);
