import { describe, expect, it } from 'vitest';
import { inParallel } from '../../../src/tasks/pacing/in-parallel.ts';

describe('work in parallel', () => {
  it('never has more under way than allowed, and keeps the order of the results', async () => {
    let underWay = 0;
    let most = 0;
    const results = await inParallel([5, 1, 4, 2, 3], 2, async (turns) => {
      underWay += 1;
      most = Math.max(most, underWay);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      underWay -= 1;
      return turns * 10;
    });
    expect(results).toEqual([50, 10, 40, 20, 30]);
    expect(most).toBe(2);
  });

  it('is done at once with nothing to do', async () => {
    await expect(inParallel([], 4, () => Promise.reject(new Error('nothing to do')))).resolves.toEqual([]);
  });
});
