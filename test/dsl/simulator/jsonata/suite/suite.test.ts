import { describe, expect, it } from 'vitest';
import {
  directValue,
  evaluateExpression,
} from '../../../../../src/dsl/simulator/jsonata/evaluate-expression.ts';
import { parseExpression } from '../../../../../src/dsl/simulator/jsonata/parse-expression.ts';
import { EvaluationFailure } from '../../../../../src/dsl/simulator/state-failure.ts';
import { data } from './data.ts';
import { differences, refused } from './dialect.ts';
import { type Cases, Faults, nothing } from './expected.ts';
import { functions } from './functions.ts';
import { numbers } from './numbers.ts';
import { operators } from './operators.ts';
import { paths } from './paths.ts';
import { texts } from './texts.ts';

const surroundings = {
  now: () => Date.UTC(2026, 0, 1),
  random: () => 0.5,
  uuid: () => '00000000-0000-4000-8000-000000000000',
};

/** What the package gives, as Step Functions would have it. */
async function valueOf(source: string): Promise<unknown> {
  const bindings = { variables: structuredClone(data) };
  try {
    return await evaluateExpression({ source, field: 'Output', bindings }, surroundings);
  } catch (fault) {
    if (!(fault instanceof EvaluationFailure)) throw fault;
    const { causeText = '' } = fault;
    if (causeText.endsWith('returned nothing (undefined).')) return nothing;
    const [, told] = /threw an error during evaluation(?:\.|:) ([^:]*)/.exec(causeText) ?? [];
    return told === undefined ? causeText : new Faults(told);
  }
}

const groups: { readonly [group: string]: Cases } = { operators, paths, functions, texts, numbers };

describe.each(Object.entries(groups))("JSONata's %s", (_group, cases) => {
  it.each(Object.entries(cases))('%s', async (source, expected) => {
    expect(await valueOf(source)).toEqual(expected);
    const direct = directValue(source, { variables: data });
    expect(direct === undefined ? expected : direct).toEqual(expected);
  });
});

describe("Step Functions' JSONata, other than JSONata's own", () => {
  for (const { reason, cases } of differences)
    it.each(Object.entries(cases))(`${reason}: %s`, async (source, expected) => {
      expect(await valueOf(source)).toEqual(expected);
    });

  it.each(Object.entries(refused))('refuses %s', (source, named) => {
    expect(() => parseExpression(source)).toThrow(named);
  });
});

it('the suite is as large as it says', () => {
  const sizes = Object.values(groups).map((cases) => Object.keys(cases).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(400);
});
