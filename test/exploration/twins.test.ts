import { describe, expect, it } from 'vitest';
import { ANY_SEED, usualCalls } from './cases.ts';
import { explore } from './explore.ts';
import { BROKEN_TWINS, type BrokenTwin } from './twins.ts';

/** The cases in which a twin's mistake may show: its fault at each call of the operation. */
async function casesOf({ twin, variant = 'plain', strike, meanwhile = [], remedy = 'second' }: BrokenTwin) {
  const one = { twin, variant, seed: ANY_SEED, meanwhile, remedy };
  if (strike === undefined) return [{ ...one, faults: [] }];
  return (await usualCalls(variant))
    .filter(({ operation }) => operation === strike.operation)
    .map((call) => ({ ...one, faults: [{ ...call, kind: strike.kind }] }));
}

describe('the exploration tells of', () => {
  it.each(Object.entries(BROKEN_TWINS))('%s', async (_name, broken) => {
    const told = new Set<string>();
    for (const one of await casesOf(broken)) {
      const { violations } = await explore(one);
      for (const { invariant } of violations) told.add(invariant);
      if (told.has(broken.invariant)) break;
    }
    expect([...told]).toContain(broken.invariant);
  });

  it('nothing in the hasty variant, when nothing is broken', async () => {
    const { violations } = await explore({ variant: 'hasty', faults: [], seed: ANY_SEED, remedy: 'second' });
    expect(violations).toEqual([]);
  });
});
