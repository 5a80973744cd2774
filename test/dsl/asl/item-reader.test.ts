import { expect, it } from 'vitest';
import { checkMachine } from '../../../src/dsl/asl/check-machine.ts';
import type { ItemReader } from '../../../src/dsl/asl/machine.ts';
import { distributing } from '../simulator/machines.ts';

const problemsOf = (ReaderConfig: ItemReader['ReaderConfig']) => {
  const Resource = 'arn:aws:states:::s3:getObject';
  const reader = { Resource, Arguments: { Bucket: 'b', Key: 'k' } };
  const ItemReader = ReaderConfig === undefined ? reader : { ...reader, ReaderConfig };
  return checkMachine(distributing({ Same: { Type: 'Pass', End: true } }, { ItemReader }))
    .filter(({ severity }) => severity === 'error')
    .map(({ place, problem }) => `${place}: ${problem}`);
};

it('tells of an ItemReader without an InputType, unless it reads an inventory, which is CSV', () => {
  const missing = ['/States/Each/ItemReader/ReaderConfig: InputType must be given'];
  expect(problemsOf(undefined)).toEqual(missing);
  expect(problemsOf({ ManifestType: 'ATHENA_DATA' })).toEqual(missing);
  expect(problemsOf({ ManifestType: 'ATHENA_DATA', InputType: 'JSONL' })).toEqual([]);
  expect(problemsOf({ ManifestType: 'S3_INVENTORY' })).toEqual([]);
});
