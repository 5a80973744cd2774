import { expect, it } from 'vitest';
import { copiesText } from '../../src/cli/copies-text.ts';
import type { IncidentState } from '../../src/tasks/ledger/incident-record.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const copy = { name: 'rewind-orders-copy', of: 'orders', bytes: 3 * 2 ** 30, madeAt: '2026-11-22T12:00:00Z' };

const told = (state: IncidentState, holder?: string, copies: [] | [typeof copy] | null = [copy]) => {
  const incident = { state, freeze: undefined, restorePoint: '', openedAt: '' };
  const times = { acquiredAt: '', expiresAt: '' };
  const lock = holder === undefined ? null : { incidentId: holder, executionArn: 'arn', ...times };
  const unset = { standingSince: undefined, verifiedAt: undefined, answerUntil: undefined, written: {} };
  const status = {
    incidentId: 'bad-upload',
    incident: { ...incident, ...unset },
    lock,
    frozen: false,
    tables: [],
  };
  return copiesText(status, copies, NOW).join('\n');
};

it('tells size and age of each restored table', () => {
  expect(told('open')).toContain('rewind-orders-copy: of orders, 3.00 GB, 3 days old');
});

it.each([
  ['closed', undefined, 'the recovery is complete; unless you keep them on purpose, delete each with: aws'],
  ['open', undefined, 'the next try of bad-upload uses them; if there will be none, delete each'],
  ['writing', 'another', 'the next try of bad-upload uses them'],
  ['writing', 'bad-upload', 'the recovery works with them, and deletes them when it has succeeded'],
] as const)('says what to do of an incident that is %s and whose lock %s holds', (state, holder, words) => {
  expect(told(state, holder)).toContain(words);
});

it('says that none is left, or that nobody could look', () => {
  expect(told('closed', undefined, [])).toBe('  no restored table is left');
  expect(told('closed', undefined, null)).toContain('could not be looked at: that takes dynamodb:ListTables');
});
