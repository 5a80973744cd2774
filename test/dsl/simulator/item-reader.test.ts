import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ItemReader, MapState } from '../../../src/dsl/asl/machine.ts';
import { simulate, type SimulationOptions } from '../../../src/dsl/simulator/simulate.ts';
import type { MemoryObjects } from '../../../src/dsl/simulator/s3/memory-store.ts';
import { distributing, eventsOf } from './machines.ts';

const getObject = 'arn:aws:states:::s3:getObject';
const reading = (
  ReaderConfig: ItemReader['ReaderConfig'],
  objects: MemoryObjects,
  { asOf, ...rest }: Partial<MapState> & Pick<SimulationOptions, 'asOf'> = {},
) => {
  const ItemReader = {
    Resource: getObject,
    Arguments: { Bucket: 'b', Key: '{% $states.input.key %}' },
    ...(ReaderConfig === undefined ? {} : { ReaderConfig }),
  };
  const machine = distributing({ Same: { Type: 'Pass', End: true } }, { ItemReader, ...rest });
  return simulate(
    machine,
    { key: 'data' },
    {
      s3: { objects },
      ...(asOf === undefined ? {} : { asOf }),
    },
  );
};

describe('ItemReader', () => {
  it('finds no object for arguments that are no object, or hold no text', async () => {
    for (const Arguments of ['{% null %}', { Bucket: '{% 1 %}', Key: '{% [] %}' }]) {
      const ItemReader = {
        Resource: getObject,
        Arguments,
        ReaderConfig: { InputType: 'JSON' },
      } as ItemReader;
      expect(await reading({}, {}, { ItemReader })).toMatchObject({ error: 'States.ItemReaderFailed' });
    }
  });

  it('reads rows under the names in the first row, fills up short ones and skips empty ones', async () => {
    const text = 'A,B\n1,2\n,,,\n\n3\n   \n"x,""y""\nz",4\r\n';
    const result = await reading({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }, { 'b/data': text });
    expect(result.output).toEqual([
      { A: '1', B: '2' },
      { A: '', B: '' },
      { A: '3', B: '' },
      { A: '   ', B: '' },
      { A: 'x,"y"\nz', B: '4' },
    ]);
  });

  it.each([
    ['PIPE', '1|2'],
    ['SEMICOLON', '1;2'],
    ['SPACE', '1 2'],
    ['TAB', '1\t2'],
  ] as const)('reads rows under given names, with the delimiter %s', async (CSVDelimiter, text) => {
    const config = {
      InputType: 'CSV',
      CSVHeaderLocation: 'GIVEN',
      CSVHeaders: ['A', 'B'],
      CSVDelimiter,
    } as const;
    expect((await reading(config, { 'b/data': text })).output).toEqual([{ A: '1', B: '2' }]);
  });

  it('reads a JSON array, or the array or object that the ItemsPointer leads to', async () => {
    const text = '{"a/b":[{"list":[1,2]}],"named":{"x":1}}';
    const pointed = (ItemsPointer: string) =>
      reading({ InputType: 'JSON', ItemsPointer }, { 'b/data': text });
    expect((await reading({ InputType: 'JSON' }, { 'b/data': '[1,[2]]' })).output).toEqual([1, [2]]);
    expect((await pointed('/a~1b/0/list')).output).toEqual([1, 2]);
    expect((await pointed('/named')).output).toEqual([{ Key: 'x', Value: 1 }]);
    for (const nowhere of ['/nowhere', '/toString', '/named/x'])
      expect(await pointed(nowhere)).toMatchObject({
        error: 'States.ItemReaderFailed',
        cause: 'Attempting to map over non-iterable node.',
      });
  });

  it('took no object before September 2025', async () => {
    const asOf = Date.UTC(2025, 7, 1);
    const before = await reading({ InputType: 'JSON' }, { 'b/data': '{"x":1}' }, { asOf });
    expect(before).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: 'Attempting to map over non-iterable node.',
    });
    const machine = distributing({ Same: { Type: 'Pass', End: true } });
    expect(await simulate(machine, { x: 1 }, { asOf })).toMatchObject({
      error: 'States.QueryEvaluationError',
    });
    expect((await simulate(machine, { x: 1 })).output).toEqual([{ Key: 'x', Value: 1 }]);
  });

  it('reads JSON lines, as many as MaxItems says', async () => {
    const objects = { 'b/data': '{"a":1}\n\n{"a":2}\n{"a":3}\n' };
    const upTo = (MaxItems: number | string) => reading({ InputType: 'JSONL', MaxItems }, objects);
    expect((await upTo('{% 1 + 1 %}')).output).toEqual([{ a: 1 }, { a: 2 }]);
    expect((await upTo(0)).output).toHaveLength(3);
    expect(await upTo('{% -1 %}')).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: 'field MaxItems must be positive',
    });
  });

  it('reads what an S3 inventory lists, from the bucket where the inventory is', async () => {
    const manifest = {
      destinationBucket: 'arn:aws:s3:::inventories',
      fileFormat: 'CSV',
      fileSchema: 'Bucket, Key, Size',
      files: [{ key: 'one.csv.gz' }, { key: 'two.csv' }],
    };
    const result = await reading(
      { InputType: 'MANIFEST' },
      {
        'b/data': JSON.stringify(manifest),
        'inventories/one.csv.gz': gzipSync('"c","k1","5"\n'),
        'inventories/two.csv': '"c","k2","6"\n',
      },
    );
    expect(result.output).toEqual([
      { Bucket: 'c', Key: 'k1', Size: '5' },
      { Bucket: 'c', Key: 'k2', Size: '6' },
    ]);
  });

  it('reads what an S3 inventory lists that is named so alone, and no other format than CSV', async () => {
    const manifest = (fileFormat: string) =>
      JSON.stringify({ fileFormat, fileSchema: 'Bucket, Key', files: [{ key: 'one.csv' }] });
    const read = (text: string, one: string | Uint8Array = '"c","k"\n') =>
      reading({ ManifestType: 'S3_INVENTORY' }, { 'b/data': text, 'b/one.csv': one });
    expect((await read(manifest('CSV'))).output).toEqual([{ Bucket: 'c', Key: 'k' }]);
    await expect(read(manifest('ORC'))).rejects.toThrow("an S3 inventory of format 'ORC' is not simulated");
    await expect(read(manifest('Parquet'))).rejects.toThrow("of format 'Parquet' is not simulated");
    const notValid = [
      '{}',
      'null',
      '{"files":1,"fileSchema":"Bucket"}',
      '{"files":[null],"fileSchema":"Bucket"}',
      '{"files":[{"key":1}],"fileSchema":"Bucket"}',
      '{"files":[],"fileSchema":""}',
    ];
    for (const wrong of notValid)
      expect(await read(wrong)).toMatchObject({ cause: 'The manifest file is not valid.' });
    expect(await read(manifest('CSV'), Uint8Array.of(0x1f, 0x8b, 8, 0))).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: expect.stringMatching(/^The file cannot be unpacked: /),
    });
  });

  it('reads the data that a manifest of Athena lists, in their own format', async () => {
    const objects = {
      'b/data': 's3://lake/out/1.gz\r\ns3://lake/out/2\r\n',
      'lake/out/1.gz': gzipSync('{"a":1}\n{"a":2}\n'),
      'lake/out/2': '{"a":3}\n',
    };
    const rest = {
      ItemSelector: '{% [$states.context.Map.Item.(Index & Source), $states.context.Map.Item.Value.a] %}',
    };
    const lines = { ManifestType: 'ATHENA_DATA', InputType: 'JSONL' } as const;
    expect((await reading(lines, objects, rest)).output).toEqual([
      ['0S3://lake/out/1.gz', 1],
      ['1S3://lake/out/1.gz', 2],
      ['2S3://lake/out/2', 3],
    ]);
    const csv = {
      ManifestType: 'ATHENA_DATA',
      InputType: 'CSV',
      CSVHeaderLocation: 'GIVEN',
      CSVHeaders: ['a'],
    } as const;
    expect((await reading(csv, { 'b/data': 's3://lake/k', 'lake/k': '1\n2\n' })).output).toEqual([
      { a: '1' },
      { a: '2' },
    ]);
    expect(await reading(lines, { 'b/data': 'lake/out/1' })).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: 'The manifest file is not valid.',
    });
    await expect(reading({ ManifestType: 'ATHENA_DATA', InputType: 'PARQUET' }, objects)).rejects.toThrow(
      "InputType 'PARQUET' is not simulated",
    );
  });

  it.each([
    ['with a byte order mark', '\uFEFFA,B\r\n1,2\r\n'],
    ['compressed by gzip', gzipSync('A,B\n1,2')],
    ['as bytes, with a byte order mark', Buffer.from('\uFEFFA,B\n1,2\n')],
    ['with a row that is too long', 'A,B\n1,2,3\n'],
    ['of which all is in quotes', '"A","B"\r\n"1","2"\r\n'],
  ])('reads a CSV file %s', async (_how, text) => {
    const { output } = await reading(
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      { 'b/data': text },
    );
    expect(output).toEqual([{ A: '1', B: '2' }]);
  });

  it.each([
    ['JSON', '\uFEFF[1,2]'],
    ['JSON', gzipSync('[1,2]')],
    ['JSONL', '\uFEFF1\r\n2\r\n'],
  ] as const)(
    'reads %s with a byte order mark, compressed, or with line ends of any kind',
    async (InputType, text) => {
      expect((await reading({ InputType }, { 'b/data': text })).output).toEqual([1, 2]);
    },
  );

  it('refuses a header that is there twice, and what Zstandard has compressed', async () => {
    const csv = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' } as const;
    expect(await reading(csv, { 'b/data': 'A,A\n1,2\n' })).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: 'CSV headers cannot contain duplicates.',
    });
    const packed = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0);
    await expect(reading(csv, { 'b/data': packed })).rejects.toThrow(
      'compressed by Zstandard is not simulated',
    );
  });

  it('takes the limit from the input in JSONPath', async () => {
    const machine = {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemReader: {
            Resource: getObject,
            ReaderConfig: { InputType: 'JSON', MaxItemsPath: '$.most' },
            Parameters: { Bucket: 'b', 'Key.$': '$.key' },
          },
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'Same',
            States: { Same: { Type: 'Pass', End: true } },
          },
          End: true,
        },
      },
    } as const;
    const objects = { 'b/data': '[1,2,3]' };
    expect((await simulate(machine, { key: 'data', most: 2 }, { s3: { objects } })).output).toEqual([1, 2]);
  });

  it('lists objects by prefix, or reads them all', async () => {
    const objects = { 'b/in/2': '[3]', 'b/in/1': '[1,2]', 'b/out': '[4]' };
    const listing = (ReaderConfig?: ItemReader['ReaderConfig']) =>
      reading(undefined, objects, {
        ItemReader: {
          Resource: 'arn:aws:states:::s3:listObjectsV2',
          Arguments: { Bucket: 'b', Prefix: 'in/' },
          ...(ReaderConfig === undefined ? {} : { ReaderConfig }),
        },
      });
    const item = {
      LastModified: 1_767_225_600,
      StorageClass: 'STANDARD',
      Etag: expect.stringMatching(/^"\w{32}"$/),
    };
    expect((await listing()).output).toEqual([
      { ...item, Key: 'in/1', Size: 5 },
      { ...item, Key: 'in/2', Size: 3 },
    ]);
    expect((await listing({ InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' })).output).toEqual([
      1, 2, 3,
    ]);
  });

  it('shows the item and where it is from in the context of the ItemSelector', async () => {
    const rest = { ItemSelector: '{% $states.context.Map.Item %}' };
    expect((await reading({ InputType: 'JSON' }, { 'b/data': '["x"]' }, rest)).output).toEqual([
      { Index: 0, Value: 'x', Source: 'S3://b/data' },
    ]);
  });

  it('fails the Map Run when it finds no object, no JSON, or S3 fails', async () => {
    const result = await reading({ InputType: 'JSON' }, {});
    expect(result.error).toBe('States.ItemReaderFailed');
    expect(result.cause).toContain('The specified key does not exist.');
    expect(eventsOf(result).slice(2)).toEqual([
      '3 MapStateStarted after 2',
      '4 MapRunStarted after 3',
      '5 MapRunFailed after 4',
      '6 MapStateFailed after 5',
      '7 ExecutionFailed after 6',
    ]);
    expect(result.history[2]?.mapStateStartedEventDetails).toEqual({ length: 0 });
    expect((await reading({ InputType: 'JSON' }, { 'b/data': '[' })).error).toBe('States.ItemReaderFailed');
    const refusing = () => Promise.reject(new Error('Access Denied'));
    const s3 = { getObject: refusing, listObjects: refusing, putObject: refusing };
    const ItemReader = {
      Resource: getObject,
      Arguments: { Bucket: 'b', Key: 'k' },
      ReaderConfig: { InputType: 'JSON' },
    } as const;
    const denied = await simulate(distributing({ Same: { Type: 'Succeed' } }, { ItemReader }), {}, { s3 });
    expect(denied).toMatchObject({ error: 'States.ItemReaderFailed', cause: 'Access Denied' });
  });

  it('refuses to read when the test gives no S3, and formats that are not simulated', async () => {
    const ItemReader = {
      Resource: getObject,
      Arguments: { Bucket: 'b', Key: 'k' },
      ReaderConfig: { InputType: 'JSON' },
    } as const;
    const machine = distributing({ Same: { Type: 'Succeed' } }, { ItemReader });
    await expect(simulate(machine, {})).rejects.toThrow(
      "the bucket 'b', and no S3 is there; pass options.s3",
    );
    await expect(reading({ InputType: 'PARQUET' }, { 'b/data': '' })).rejects.toThrow(
      "InputType 'PARQUET' is not simulated",
    );
  });
});
