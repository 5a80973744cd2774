import { describe, expect, it } from 'vitest';
import type { Json, MapState } from '../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { distributing } from './machines.ts';

const batched = async (items: Json, rest: Partial<MapState>) =>
  (await simulate(distributing({ Same: { Type: 'Succeed' } }, rest), items)).output;

describe('ItemBatcher', () => {
  it('gives each child as many items as MaxItemsPerBatch says, with the BatchInput', async () => {
    const ItemBatcher = {
      MaxItemsPerBatch: '{% 1 + 1 %}',
      BatchInput: { of: '{% $count($states.input) %}' },
    };
    expect(await batched([1, 2, 3], { ItemBatcher })).toEqual([
      { BatchInput: { of: 3 }, Items: [1, 2] },
      { BatchInput: { of: 3 }, Items: [3] },
    ]);
  });

  it('batches what the ItemSelector made of the items', async () => {
    const ItemSelector = '{% $states.context.Map.Item.Index & $states.context.Map.Item.Value %}';
    expect(await batched(['a', 'b'], { ItemSelector, ItemBatcher: { MaxItemsPerBatch: 5 } })).toEqual([
      { Items: ['0a', '1b'] },
    ]);
  });

  it('keeps the whole input within MaxInputBytesPerBatch, and never leaves an item out', async () => {
    const MaxInputBytesPerBatch = JSON.stringify({ Items: ['aaaa', 'bbbb'] }).length;
    expect(
      await batched(['aaaa', 'bbbb', 'cccc', 'd'.repeat(100), 'e'], {
        ItemBatcher: { MaxInputBytesPerBatch },
      }),
    ).toEqual([
      { Items: ['aaaa', 'bbbb'] },
      { Items: ['cccc'] },
      { Items: ['d'.repeat(100)] },
      { Items: ['e'] },
    ]);
  });

  it('counts every item of a failed batch as failed', async () => {
    const machine = (ToleratedFailureCount: number) =>
      distributing(
        { Stop: { Type: 'Fail', Error: 'No' } },
        { ItemBatcher: { MaxItemsPerBatch: 2 }, ToleratedFailureCount },
      );
    expect((await simulate(machine(1), [1, 2])).status).toBe('FAILED');
    expect((await simulate(machine(2), [1, 2])).status).toBe('SUCCEEDED');
  });
});

describe('Items of a distributed Map', () => {
  it('may be an object, whose members come with their keys', async () => {
    const Items = { a: 1, b: 2 };
    expect(await batched({}, { Items: '{% {"a": 1, "b": 2} %}' })).toEqual([
      { Key: 'a', Value: 1 },
      { Key: 'b', Value: 2 },
    ]);
    const ItemSelector = { item: '{% $states.context.Map.Item %}' };
    expect(await batched(Items, { ItemSelector })).toEqual([
      { item: { Index: 0, Key: 'a', Value: 1, Source: 'STATE_DATA' } },
      { item: { Index: 1, Key: 'b', Value: 2, Source: 'STATE_DATA' } },
    ]);
  });
});
