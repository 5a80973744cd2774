import * as sfn from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { RewindRequest } from '../../src/workflow/rewind.ts';
import { apiPage, apiRequests, postmanCollection } from './recovery-api.ts';

const Collection = z.object({
  variable: z.array(z.object({ key: z.string() })),
  item: z.array(
    z.object({
      request: z.object({
        header: z.array(z.object({ key: z.string(), value: z.string() })),
        body: z.object({ raw: z.string() }),
      }),
    }),
  ),
});

it('has requests that the API of Step Functions knows', () => {
  for (const { operation } of apiRequests) expect(sfn).toHaveProperty(`${operation}Command`);
});

it('starts recoveries with what the machine takes', () => {
  const inputs = apiRequests
    .filter(({ body }) => body.stateMachineArn === '{{machineArn}}')
    .map(({ body }) => body.input);
  expect(inputs.length).toBeGreaterThan(1);
  for (const input of inputs) expect(RewindRequest.safeParse(input)).toMatchObject({ success: true });
});

it('writes inputs and outputs as text in the collection, and names every variable that it uses', () => {
  const text = postmanCollection();
  const { item, variable } = Collection.parse(JSON.parse(text));
  const bodies = item.map(({ request }) => JSON.parse(request.body.raw) as Record<string, unknown>);
  for (const body of bodies)
    for (const value of Object.values(body)) expect(value).not.toBeInstanceOf(Object);
  const used = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
  expect(new Set(variable.map(({ key }) => key))).toEqual(new Set(used));
});

it('answers a question with the option of the AWS CLI that is not its own --output', () => {
  const page = apiPage();
  expect(page).toContain(`--task-output '{"approved":true,`);
  expect(page).toContain(`--task-output '{"approved":false,`);
  expect(page).not.toContain('--output');
});
