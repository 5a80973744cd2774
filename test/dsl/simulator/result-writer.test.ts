import { describe, expect, it } from 'vitest';
import type { Json, MapState, ResultWriter, State } from '../../../src/dsl/asl/machine.ts';
import type { MemoryObjects } from '../../../src/dsl/simulator/s3/memory-store.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { distributing } from './machines.ts';

const toBucket = {
  Resource: 'arn:aws:states:::s3:putObject',
  Arguments: { Bucket: 'out', Prefix: "{% 'run/' & 1 %}" },
};
const check: { readonly [name: string]: State } = {
  Check: {
    Type: 'Choice',
    Choices: [{ Condition: '{% $states.input < 0 %}', Next: 'Stop' }],
    Default: 'Pair',
  },
  Stop: { Type: 'Fail', Error: 'Negative' },
  Pair: { Type: 'Pass', Output: ['{% $states.input %}', '{% $states.input + 1 %}'], End: true },
};
const run = async (ResultWriter: ResultWriter, items: readonly number[], rest: Partial<MapState> = {}) => {
  const objects: MemoryObjects = {};
  const machine = distributing(check, { ResultWriter, ...rest });
  return { result: await simulate(machine, items, { s3: { objects }, name: 'M' }), objects };
};

describe('ResultWriter', () => {
  it('writes a manifest and a file for each outcome, and gives their place', async () => {
    const { result, objects } = await run(toBucket, [1, -1], { Label: 'Lot', ToleratedFailureCount: 1 });
    const { MapRunArn, ResultWriterDetails } = result.output as {
      MapRunArn: string;
      ResultWriterDetails: { Bucket: string; Key: string };
    };
    expect(MapRunArn).toMatch(/^arn:aws:states:us-east-1:000000000000:mapRun:M\/Lot:[0-9a-f-]{36}$/);
    const folder = `run/1/${MapRunArn.split(':').at(-1)}`;
    expect(ResultWriterDetails).toEqual({ Bucket: 'out', Key: `${folder}/manifest.json` });
    expect(Object.keys(objects).sort()).toEqual([
      `out/${folder}/FAILED_0.json`,
      `out/${folder}/SUCCEEDED_0.json`,
      `out/${folder}/manifest.json`,
    ]);
    const succeeded = objects[`out/${folder}/SUCCEEDED_0.json`] as string;
    const failed = objects[`out/${folder}/FAILED_0.json`] as string;
    expect(JSON.parse(objects[`out/${folder}/manifest.json`] as string)).toEqual({
      DestinationBucket: 'out',
      MapRunArn,
      ResultFiles: {
        FAILED: [{ Key: `${folder}/FAILED_0.json`, Size: failed.length }],
        PENDING: [],
        SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: succeeded.length }],
      },
    });
    expect(JSON.parse(failed)).toMatchObject([{ Status: 'FAILED', Error: 'Negative', Input: '-1' }]);
    const [child] = result.children;
    expect(JSON.parse(succeeded)).toEqual([
      {
        ExecutionArn: child?.executionArn,
        Input: '1',
        InputDetails: { Included: true },
        Name: child?.executionArn.split(':').at(-1),
        Output: '[1,2]',
        OutputDetails: { Included: true },
        RedriveCount: 0,
        RedriveStatus: 'NOT_REDRIVABLE',
        RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
        StartDate: '2026-01-01T00:00:00.000Z',
        StateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:M/Lot',
        Status: 'SUCCEEDED',
        StopDate: '2026-01-01T00:00:00.000Z',
      },
    ]);
  });

  it.each([
    ['COMPACT', 'JSON', '[[1,2],[3,4]]'],
    ['FLATTEN', 'JSON', '[1,2,3,4]'],
    ['FLATTEN', 'JSONL', '1\n2\n3\n4\n'],
  ] as const)('writes outputs alone with %s as %s', async (Transformation, OutputType, text) => {
    const { objects } = await run({ ...toBucket, WriterConfig: { Transformation, OutputType } }, [1, 3]);
    const file = Object.keys(objects).find((path) => path.includes('SUCCEEDED')) as string;
    expect(file.endsWith(`SUCCEEDED_0.${OutputType.toLowerCase()}`)).toBe(true);
    expect(objects[file]).toBe(text);
  });

  it.each<['FLATTEN' | 'COMPACT', Json]>([
    ['FLATTEN', [1, 2, 3, 4]],
    [
      'COMPACT',
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ])("without a Resource makes the results the state's own: %s", async (Transformation, output) => {
    const { result, objects } = await run({ WriterConfig: { Transformation, OutputType: 'JSON' } }, [1, 3]);
    expect(result.output).toEqual(output);
    expect(objects).toEqual({});
  });

  it('writes what there is when too many fail, with what never started', async () => {
    const { result, objects } = await run(toBucket, [1, -1, 5], { MaxConcurrency: 1 });
    expect(result.error).toBe('States.ExceedToleratedFailureThreshold');
    const pending = Object.entries(objects).find(([path]) => path.endsWith('PENDING_0.json'));
    expect(JSON.parse(pending?.[1] as string)).toEqual([
      { Input: '5', InputDetails: { Included: true }, Status: 'PENDING' },
    ]);
  });

  it('fails the Map when S3 refuses', async () => {
    const refusing = () => Promise.reject(new Error('Access Denied'));
    const s3 = { getObject: refusing, listObjects: refusing, putObject: refusing };
    const machine = distributing({ Same: { Type: 'Succeed' } }, { ResultWriter: toBucket });
    const result = await simulate(machine, [1], { s3 });
    expect(result).toMatchObject({ error: 'States.ResultWriterFailed', cause: 'Access Denied' });
    expect(result.history.map(({ type }) => type).slice(-3)).toEqual([
      'MapRunFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });
});
