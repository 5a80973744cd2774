import { describe, expect, it } from 'vitest';
import { proveSettings } from '../../src/rehearsal/proof.ts';
import type { AccountSettings, Settings } from '../../src/rehearsal/settings.ts';

const account = (policies: Settings): AccountSettings => ({
  functions: { 'shop-a': { words: '5' } },
  eventSourceMappings: {},
  pipes: {},
  rules: {},
  schedules: {},
  policies,
});

const proven = (before: Settings, after: Settings) =>
  proveSettings({ before: account(before), frozen: undefined, after: account(after) }).policies;

describe('the proof of settings', () => {
  it('holds them to the letter, not to what a person is told', () => {
    const orders = { words: 'Reports', whole: '{ "Sid": "Reports" }' };
    expect(proven({ orders }, { orders })).toEqual([
      { name: 'orders', before: 'Reports', frozen: '-', after: 'Reports', equal: true },
    ]);
    expect(proven({ orders }, { orders: { ...orders, whole: '{"Sid":"Reports"}' } })).toMatchObject([
      { equal: false },
    ]);
  });

  it('minds what is gone, and what was not there', () => {
    const orders = { words: 'none' };
    expect(proven({ orders }, {})).toMatchObject([{ before: 'none', after: '-', equal: false }]);
    expect(proven({}, { orders })).toMatchObject([{ before: '-', after: 'none', equal: false }]);
  });
});
