import { describe, expect, it } from 'vitest';
import { testState, type StateConfiguration } from '../../../../src/dsl/index.ts';

const body = { StartAt: 'Each', States: { Each: { Type: 'Pass', End: true } } };
const distributed = { ...body, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };

const tested = (fields: object, stateConfiguration: StateConfiguration = {}) =>
  testState({
    definition: { Type: 'Map', ItemProcessor: distributed, End: true, ...fields },
    input: { list: [1, 2, 3] },
    inspectionLevel: 'DEBUG',
    mock: { result: ['a', 'b', 'c'] },
    stateConfiguration,
  });

describe('a Map with mocked iterations', () => {
  it('shows its items, what each iteration gets, and its settings', async () => {
    const { inspectionData, output } = await tested({
      ItemsPath: '$.list',
      ItemSelector: { 'n.$': '$$.Map.Item.Value' },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      MaxConcurrency: 5,
      ToleratedFailurePercentage: 10,
      ResultPath: '$.done',
    });
    expect(inspectionData).toMatchObject({
      afterItemsPath: [1, 2, 3],
      afterItemSelector: [{ n: 1 }, { n: 2 }, { n: 3 }],
      afterItemBatcher: [{ Items: ['{"n":1}', '{"n":2}'] }, { Items: ['{"n":3}'] }],
      maxConcurrency: 5,
      toleratedFailurePercentage: 10,
    });
    expect(inspectionData).not.toHaveProperty('toleratedFailureCount');
    expect(output).toEqual({ list: [1, 2, 3], done: ['a', 'b', 'c'] });
  });

  it('fails when more iterations fail than it tolerates', async () => {
    const fields = { ItemsPath: '$.list', ToleratedFailureCount: 1 };
    expect(await tested(fields, { mapIterationFailureCount: 1 })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await tested(fields, { mapIterationFailureCount: 2 })).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
    });
  });

  it('refuses more failures than there are iterations, which are batches where it makes some', async () => {
    const fields = { ItemsPath: '$.list' };
    const message = 'Map iteration failure count must be less than or equal to the number of Map iterations';
    await expect(tested(fields, { mapIterationFailureCount: 4 })).rejects.toThrow(message);
    const batched = { ...fields, ItemBatcher: { MaxItemsPerBatch: 3 } };
    await expect(tested(batched, { mapIterationFailureCount: 2 })).rejects.toThrow(message);
  });

  it('names a path into the context object by what follows its first $', async () => {
    expect(await tested({ ItemsPath: '$$.Execution.Id' })).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'Reference path "$.Execution.Id" must point to array.',
    });
  });

  const reading = {
    ItemReader: {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItems: 2 },
      Parameters: { Bucket: 'b', Key: 'k' },
    },
    ItemSelector: { 'id.$': '$$.Map.Item.Value.id' },
  };

  it('reads the data that is given in the place of its object', async () => {
    const { inspectionData } = await tested(reading, { mapItemReaderData: 'id,name\n1,a\n2,b\n3,c\n' });
    expect(inspectionData?.afterItemSelector).toEqual([{ id: '1' }, { id: '2' }]);
  });

  it('shows what an ItemsPointer leads to', async () => {
    const ReaderConfig = { InputType: 'JSON', ItemsPointer: '/a/b' };
    const fields = { ItemReader: { ...reading.ItemReader, ReaderConfig } };
    const { inspectionData } = await tested(fields, { mapItemReaderData: '{"a":{"b":[1,2]},"c":3}' });
    expect(inspectionData?.afterItemsPointer).toEqual([1, 2]);
  });

  it('reads a listing of objects as JSON', async () => {
    const ItemReader = {
      Resource: 'arn:aws:states:::s3:listObjectsV2',
      Parameters: { Bucket: 'b', Prefix: 'p' },
    };
    const fields = { ItemReader, ItemSelector: { 'key.$': '$$.Map.Item.Value.Key' } };
    const { inspectionData } = await tested(fields, { mapItemReaderData: '[{"Key":"p/1"}]' });
    expect(inspectionData?.afterItemSelector).toEqual([{ key: 'p/1' }]);
  });

  it('refuses to go without that data', async () => {
    await expect(tested(reading)).rejects.toThrow('ItemReader data must be specified');
  });

  it('may give where its results were written', async () => {
    const definition = {
      Type: 'Map',
      ItemProcessor: distributed,
      ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b', Prefix: 'p' } },
      End: true,
    };
    const written = { MapRunArn: 'arn', ResultWriterDetails: { Bucket: 'b', Key: 'k' } };
    const request = { definition, input: [1] };
    expect((await testState({ ...request, mock: { result: written } })).output).toEqual(written);
    await expect(testState({ ...request, mock: { result: [1] } })).rejects.toThrow('must be a JSON object');
  });
});
