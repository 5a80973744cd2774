import { expect } from 'vitest';
import * as z from 'zod';
import type { Json } from '../../src/dsl/asl/machine.ts';
import { workflow } from '../../src/dsl/authoring/workflow.ts';
import { entered, run } from './compiled-workflow.ts';

/** A workflow that gives back its input as its steps see it. */
export const echoing = (input: z.ZodType) =>
  workflow('Echo', { input, output: z.unknown(), timeout: '1 minute' }).returns(({ input }) => input);

/** The faults that the machine tells of, or undefined when it goes on. */
export async function faultsOf(schema: z.ZodType, input: Json): Promise<readonly string[] | undefined> {
  const result = await run(echoing(schema), input);
  if (result.status === 'SUCCEEDED') return undefined;
  expect(result.error).toBe('InvalidInput');
  expect(entered(result)).toEqual(['Input.Check', 'Input.Valid', 'Input.Refused']);
  return result.cause?.replace(/^Echo refuses its input: /, '').split('; ');
}
