import { expect, it } from 'vitest';
import * as z from 'zod';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';

/** Calls a function that takes such an input. */
const calling = (input: z.ZodType) => {
  const told = task('Tell', { input, output: z.object({}), errors: [], timeout: '1 minute' });
  return () =>
    workflow('Telling', { input: z.object({}), output: z.object({}), timeout: '1 hour' })
      .run('told', () => told({ a: 1 } as never))
      .returns(() => ({}));
};

const Folder = z.object({
  name: z.string(),
  get folders() {
    return z.array(Folder);
  },
});

it.each([
  ['string', z.string()],
  ['number', z.number()],
  ['boolean', z.boolean().default(true)],
  ['string', z.enum(['a', 'b'])],
  ['number', z.union([z.object({ a: z.literal(1) }), z.literal(7)])],
  ['number', z.int()],
  ['string', z.string().nullable()],
  ['string', z.string().transform((text) => ({ text }))],
  ['string', z.string().and(z.string().min(1))],
  ['string', z.lazy(() => z.string())],
  ['string', z.string().meta({ id: 'ScalarName' })],
  ['string', z.union([z.object({}), z.string().meta({ id: 'ScalarOther' })])],
  ['string', z.json()],
])("refuses a function's input that may be a %s", (kind, input) => {
  expect(calling(input)).toThrow(
    `Tell › input: may be a ${kind}, which does not reach a function as it is; make it an object, z.object({ value: … })`,
  );
});

it.each([
  ['an object', z.object({ a: z.number() })],
  ['one of several objects', z.union([z.object({ a: z.number() }), z.object({ b: z.string() })])],
  ['a record', z.record(z.string(), z.number())],
  ['a list', z.array(z.string())],
  ['an object or null', z.object({ a: z.number() }).nullable()],
  ['an object twice told', z.object({ a: z.number() }).and(z.object({ b: z.string() }))],
  ['an object that a function reads otherwise', z.object({ a: z.string() }).transform(({ a }) => a)],
  ['an object that holds itself', Folder],
  ['an object with an id', z.object({ a: z.string() }).meta({ id: 'ScalarNo' })],
  ['anything', z.unknown()],
])("takes a function's input that is %s", (_what, input) => {
  expect(calling(input)).not.toThrow();
});

/** Calls a workflow that takes such an input. */
const starting = (input: z.ZodType) => {
  const child = workflow('Child', { input, output: z.object({}), timeout: '1 minute' }).returns(() => ({}));
  return () =>
    workflow('Parent', { input: z.object({}), output: z.object({}), timeout: '1 hour' })
      .run('ended', () => child({} as never))
      .returns(() => ({}));
};

it("refuses a child execution's input that may be text, which would be read as JSON", () => {
  expect(starting(z.union([z.object({}), z.string()]))).toThrow(
    'Child › input: may be a string, which does not reach a child execution as it is; make it an object',
  );
});

it("takes a child execution's input that is an object or a list", () => {
  expect(starting(z.union([z.object({}), z.array(z.string())]))).not.toThrow();
});
