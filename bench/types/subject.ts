import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { awsSdk } from '../../src/dsl/authoring/sdk.ts';
import { task } from '../../src/dsl/authoring/task.ts';
import { workflow } from '../../src/dsl/authoring/workflow.ts';

export type { Call } from '../../src/dsl/authoring/call.ts';
export type { Expression } from '../../src/dsl/expression/expression.ts';
export { integration } from '../../src/dsl/authoring/integrations/integration.ts';
export { equals } from '../../src/dsl/expression/comparison.ts';
export { at, count as howMany } from '../../src/dsl/expression/list.ts';
export { orElse } from '../../src/dsl/expression/logic.ts';
export { concat } from '../../src/dsl/expression/text.ts';
export { task, z };

/** What the steps of a generated workflow call. */
export const count = task('Count', {
  input: z.object({ table: z.string(), mode: z.enum(['fast', 'slow']).default('fast') }),
  output: z.object({ items: z.number(), at: z.string() }),
  errors: ['Busy'],
  timeout: '1 minute',
});

export const dynamodb = awsSdk<DynamoDB, 'DynamoDb'>('dynamodb');

export const child = workflow('Child', {
  input: z.object({ name: z.string() }),
  output: z.object({ at: z.string() }),
  timeout: '1 hour',
}).returns(({ input }) => ({ at: input.name }));

export const begin = () =>
  workflow('Long', {
    input: z.object({
      name: z.string(),
      pause: z.number(),
      mode: z.enum(['fast', 'slow']),
      tables: z.array(z.object({ name: z.string() })),
    }),
    output: z.object({ total: z.number(), why: z.string().optional() }),
    timeout: '9 days',
  });
