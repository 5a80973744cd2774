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

it.each([
  ['string', z.string()],
  ['number', z.number()],
  ['boolean', z.boolean().default(true)],
  ['string', z.enum(['a', 'b'])],
  ['number', z.union([z.object({ a: z.literal(1) }), z.literal(7)])],
])("refuses a function's input that may be a %s", (kind, input) => {
  expect(calling(input)).toThrow(
    `Tell › input: may be a ${kind}, which does not reach a function as it is; make it an object, z.object({ value: … })`,
  );
});

it.each([
  ['an object', z.object({ a: z.number() })],
  ['one of several objects', z.union([z.object({ a: z.number() }), z.object({ b: z.string() })])],
  ['a record', z.record(z.string(), z.number())],
  ['anything', z.unknown()],
])("takes a function's input that is %s", (_what, input) => {
  expect(calling(input)).not.toThrow();
});
