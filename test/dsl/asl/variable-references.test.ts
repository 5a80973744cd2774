import { describe, expect, it } from 'vitest';
import { variableReferences } from '../../../src/dsl/index.ts';

describe('the variables that states read', () => {
  it('are told by state, sorted and once each, however deep the state is', () => {
    const inner = {
      Type: 'Pass',
      Parameters: { 'b.$': '$rate', 'a.$': 'States.Format($text, $rate)' },
      End: true,
    };
    const definition = {
      StartAt: 'All',
      States: {
        All: {
          Type: 'Map',
          ItemsPath: '$list',
          ItemProcessor: { StartAt: 'Each', States: { Each: inner } },
          End: true,
        },
      },
    };
    expect(variableReferences(definition)).toEqual({ All: ['list'], Each: ['rate', 'text'] });
  });

  it('are none of the functions and own variables of JSONata', () => {
    const Output = '{% $sum($map($prices, function($price) { $price * $rate })) & $states.input.unit %}';
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'Add',
      States: { Add: { Type: 'Pass', Output, End: true } },
    };
    expect(variableReferences(definition)).toEqual({ Add: ['prices', 'rate'] });
  });

  it('are left out where there are none', () => {
    expect(variableReferences({ StartAt: 'End', States: { End: { Type: 'Succeed' } } })).toEqual({});
    expect(variableReferences(null)).toEqual({});
  });
});
