import { describe, expect, it } from 'vitest';
import { codes } from '../../../src/dsl/asl/check/codes.ts';
import { checkMachine } from '../../../src/dsl/asl/check-machine.ts';
import { jsonPathMutants } from './jsonpath-mutants.ts';
import { mutants } from './mutants.ts';
import { optionCases } from './option-cases.ts';
import { risks } from './risks.ts';
import { texts } from './texts.ts';

describe('the codes of findings', () => {
  it('are all explained, and all found by some case', () => {
    const cases = [...mutants, ...jsonPathMutants, ...risks, ...optionCases, ...texts];
    const found = new Set(cases.flatMap(({ finds }) => finds.map((one) => one.split(' ')[0])));
    expect(found).toEqual(new Set(Object.keys(codes)));
  });

  it('are explained by one sentence each', () => {
    for (const { meaning } of Object.values(codes)) expect(meaning).toMatch(/^[A-Z].*\.$/);
  });
});

describe("Step Functions' own codes", () => {
  const jsonata = (Output: string) => ({
    QueryLanguage: 'JSONata',
    StartAt: 'Main',
    States: { Main: { Type: 'Pass', Output, End: true } },
  });
  // What ValidateStateMachineDefinition answers to these definitions.
  const answers: readonly (readonly [unknown, string, string])[] = [
    [{}, 'SCHEMA_VALIDATION_FAILED', '/'],
    [
      { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } },
      'MISSING_END_STATE',
      '/',
    ],
    [
      { StartAt: 'A', States: { A: { Type: 'Succeed' }, C: { Type: 'Succeed' } } },
      'MISSING_TRANSITION_TARGET',
      '/States/C',
    ],
    [
      { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, C: { Type: 'Succeed' } } },
      'MISSING_TRANSITION_TARGET',
      '/States/A/Next',
    ],
    [jsonata('{% 1 + %}'), 'INVALID_JSONATA_EXPRESSION', '/States/Main/Output'],
    [jsonata('{% phone %}'), 'UNSUPPORTED_JSONATA_EXPRESSION', '/States/Main/Output'],
    [jsonata('{% $$ %}'), 'UNSUPPORTED_JSONATA_EXPRESSION', '/States/Main/Output'],
    [jsonata('{% $states.errorOutput %}'), 'UNSUPPORTED_JSONATA_EXPRESSION', '/States/Main/Output'],
    [
      {
        QueryLanguage: 'JSONata',
        StartAt: 'A',
        States: { A: { Type: 'Pass', QueryLanguage: 'JSONPath', End: true } },
      },
      'SCHEMA_VALIDATION_FAILED',
      '/States/A',
    ],
  ];

  it.each(answers)('are told beside: %j', (definition, awsCode, place) => {
    expect(checkMachine(definition)).toContainEqual(
      expect.objectContaining({ severity: 'error', awsCode, place }),
    );
  });
});
