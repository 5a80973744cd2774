import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../src/cli/findings-of-state.ts';

describe('what is told of the result of a state', () => {
  it('is its warnings, each as one', () => {
    const plan = JSON.stringify({ warnings: ['blog goes on', 'a key is not seen'], tables: [] });
    expect(findingsOf('Plan', { plan })).toEqual(['Warning: blog goes on', 'Warning: a key is not seen']);
  });

  it('is nothing when the state has failed, which exits by its catch', () => {
    expect(findingsOf('Plan', {})).toEqual([]);
    expect(findingsOf('Gate', { undone: '"frozen"' })).toEqual([]);
  });

  it('is not known when another version has made it', () => {
    expect(findingsOf('Plan', { plan: '{}' })).toBeUndefined();
    expect(findingsOf('Planned', { planned: '[{"name":"orders"}]' })).toBeUndefined();
  });
});
