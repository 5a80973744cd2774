import { describe, expect, it } from 'vitest';
import { checkMachine } from '../../../src/dsl/asl/check-machine.ts';
import { optionCases } from './option-cases.ts';

describe('checkMachine, told how a machine is run', () => {
  it.each(optionCases)('judges $name', ({ definition, options, finds }) => {
    expect(checkMachine(definition, options).map(({ code, place }) => `${code} ${place}`)).toEqual(finds);
  });
});
