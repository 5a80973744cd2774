import { describe, expect, it } from 'vitest';
import { configuredSystem } from '../../src/tasks/configured-system.ts';

describe('the system', () => {
  it.each([
    [
      'a backup of a sensitive table',
      {
        tables: [{ name: 'orders', sensitive: true, forensicBackup: true }],
        copyReaders: ['arn:aws:iam::123456789012:role/A'],
      },
      'tables.0.forensicBackup: must not be true for a sensitive table',
    ],
    [
      'a sensitive table of whose copy nobody is named to read it',
      { tables: [{ name: 'orders', sensitive: true }] },
      'copyReaders: must name the roles that may read the copies',
    ],
    [
      'a suffix that no name may have',
      { tables: [{ name: 'orders' }], restoredNameSuffix: '#' },
      'restoredNameSuffix: must be 1 to 64',
    ],
  ])('refuses %s', (_, given, words) => {
    const system = JSON.stringify({ ledgerTable: 'ledger', functions: { prefix: 'shop-' }, ...given });
    expect(() => configuredSystem(system)).toThrow(words);
  });
});
