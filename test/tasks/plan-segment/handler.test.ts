import { expect, it } from 'vitest';
import { planSegmentHandler } from '../../../src/tasks/plan-segment/handler.ts';
import { REQUEST, invocation, resetWorld } from '../reset-segment/reset-world.ts';

const world = () =>
  resetWorld({
    live: [{ pk: { S: 'a' }, sk: { S: '1' } }],
    restored: [{ pk: { S: 'b' }, sk: { S: '1' } }],
  });

it('counts what a reset would write', async () => {
  const dynamodb = world();
  const { done, counts } = await planSegmentHandler({ ...REQUEST, mode: 'plan' }, invocation(dynamodb));
  expect({ done, counts }).toMatchObject({ done: true, counts: { puts: 1, deletes: 1, writeUnits: 2 } });
  expect(dynamodb.writes).toEqual([]);
});

it('refuses to apply it', async () => {
  const dynamodb = world();
  await expect(planSegmentHandler(REQUEST, invocation(dynamodb))).rejects.toMatchObject({
    name: 'ResetRefused',
    message: 'apply of orders refused: this function plans only',
  });
  expect(dynamodb.operations).toEqual([]);
});
