import { describe, expect, it } from 'vitest';
import type { Json, MapState } from '../../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../../src/dsl/simulator/simulate.ts';
import { pathMachine } from './path-machine.ts';

const states = { StartAt: 'Tell', States: { Tell: { Type: 'Pass', End: true } } } as const;
const distributed = {
  ...states,
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
} as const;

const run = (fields: Partial<MapState>, input: Json, objects = {}) =>
  simulate(pathMachine({ Each: { Type: 'Map', ItemProcessor: states, End: true, ...fields } }), input, {
    s3: { objects },
  });

describe('a Map', () => {
  it('goes over what ItemsPath leads to, and keeps the input by ResultPath', async () => {
    const fields = { ItemsPath: '$.list', ResultPath: '$.told' };
    expect((await run(fields, { list: [1, 2] })).output).toEqual({ list: [1, 2], told: [1, 2] });
  });

  it.each(['ItemSelector', 'Parameters'])('gives each item what %s makes of it', async (name) => {
    const template = { 'v.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index', 'all.$': '$.list.length()' };
    expect((await run({ ItemsPath: '$.list', [name]: template }, { list: ['a', 'b'] })).output).toEqual([
      { v: 'a', i: 0, all: 2 },
      { v: 'b', i: 1, all: 2 },
    ]);
  });

  it('runs what is still called Iterator', async () => {
    const fields = { Iterator: states, ItemProcessor: undefined } as unknown as Partial<MapState>;
    expect((await run(fields, [1])).output).toEqual([1]);
  });

  it('selects from its result', async () => {
    expect((await run({ ResultSelector: { 'first.$': '$[0]' } }, [7, 8])).output).toEqual({ first: 7 });
  });

  it.each<[Json, string]>([
    [{}, "Invalid path '$.list' : No results for path: $['list']"],
    [{ list: 1 }, 'Reference path "$.list" must point to array.'],
  ])('ends the execution for the items of %j', async (input, cause) => {
    expect(await run({ ItemsPath: '$.list' }, input)).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining(cause) as string,
    });
  });

  it('takes numbers as text', async () => {
    const fields = { ItemsPath: '$.list', MaxConcurrencyPath: '$.most' };
    expect((await run(fields, { list: [1], most: '1' })).output).toEqual([1]);
    expect((await run(fields, { list: [1], most: 'x' })).cause).toContain(
      'The MaxConcurrencyPath field refers to value "x" which is not a valid integer: $.most',
    );
  });
});

describe('a distributed Map', () => {
  it('reads, batches and tolerates by paths', async () => {
    const fields: Partial<MapState> = {
      ItemProcessor: distributed,
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        Parameters: { Bucket: 'b', 'Key.$': '$.key' },
        ReaderConfig: { InputType: 'JSON', MaxItemsPath: '$.most' },
      },
      ItemBatcher: { MaxItemsPerBatchPath: '$.size', BatchInput: { 'of.$': '$.key' } },
      ToleratedFailureCountPath: '$.most',
    };
    const { output } = await run(fields, { key: 'k', most: 3, size: 2 }, { 'b/k': '[1,2,3,4]' });
    expect(output).toEqual([
      { BatchInput: { of: 'k' }, Items: [1, 2] },
      { BatchInput: { of: 'k' }, Items: [3] },
    ]);
  });

  it('fails for a file whose headers are not distinct', async () => {
    const ItemReader = {
      Resource: 'arn:aws:states:::s3:getObject',
      Parameters: { Bucket: 'b', Key: 'k' },
      ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
    } as const;
    expect(await run({ ItemProcessor: distributed, ItemReader }, {}, { 'b/k': 'a,a\n1,2\n' })).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: 'CSV headers cannot contain duplicates.',
    });
  });

  it.each<[Partial<MapState>, string]>([
    [{ ToleratedFailureCountPath: '$.n' }, 'ToleratedFailureCount cannot be negative.'],
    [{ ToleratedFailurePercentagePath: '$.n' }, 'ToleratedFailurePercentage must be between 0 and 100.'],
    [{ MaxConcurrencyPath: '$.n' }, "Expected non-negative integer for MaxConcurrency, got '-1' instead."],
  ])('refuses %o of -1', async (fields, cause) => {
    const result = await run(
      { ItemProcessor: distributed, ItemsPath: '$.list', ...fields },
      { list: [1], n: -1 },
    );
    expect(result).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining(cause) as string,
    });
  });

  it('ends its history as AWS did at the time asked for', async () => {
    const exits = async (asOf?: number) => {
      const machine = pathMachine({
        Each: { Type: 'Map', ItemProcessor: distributed, End: true },
      });
      const { history } = await simulate(machine, [1], asOf === undefined ? {} : { asOf });
      return history.find(({ type }) => type === 'MapStateExited')?.previousEventId;
    };
    expect(await exits()).toBe(4);
    expect(await exits(Date.UTC(2024, 0, 1))).toBe(5);
  });
});
