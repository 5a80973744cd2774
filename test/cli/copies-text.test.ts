import { expect, it } from 'vitest';
import { copiesText } from '../../src/cli/copies-text.ts';
import type { FreezeState, IncidentState } from '../../src/tasks/ledger/incident-record.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const copy = { name: 'rewind-orders-copy', of: 'orders', bytes: 3 * 2 ** 30, madeAt: '2026-11-22T12:00:00Z' };

interface Told {
  readonly freeze?: FreezeState;
  /** How the execution stands that has the lock. */
  readonly status?: string;
  readonly copies?: [] | [typeof copy] | null;
  readonly keepsCopies?: boolean;
}

const told = (
  state: IncidentState,
  owner?: string,
  { freeze, status = 'RUNNING', copies = [copy], keepsCopies = false }: Told = {},
) => {
  const incident = { state, freeze, restorePoint: '', openedAt: '' };
  const times = { acquiredAt: '', expiresAt: '' };
  const lock = owner === undefined ? null : { incidentId: owner, executionArn: 'arn', ...times };
  const unset = { standingSince: undefined, verifiedAt: undefined, answerUntil: undefined, written: {} };
  const looked = {
    holder: lock === null ? undefined : { status, isAlive: status === 'RUNNING' },
    incidentId: 'bad-upload',
    incident: { ...incident, ...unset },
    lock,
    frozen: false,
    keepsCopies,
    tables: [],
  };
  return copiesText(looked, copies, NOW).join('\n');
};

it('tells size and age of each restored table', () => {
  expect(told('open')).toContain('rewind-orders-copy: of orders, 3.00 GB, 3 days old');
});

it.each([
  ['closed', undefined, 'the recovery is complete; unless you keep them on purpose, delete each with: aws'],
  ['open', undefined, 'the next try of bad-upload uses them; if there will be none, delete each'],
  ['writing', 'another', 'the next try of bad-upload uses them'],
  ['writing', 'bad-upload', 'the recovery works with them, and deletes them when it has succeeded'],
] as const)('says what to do of an incident that is %s and whose lock %s holds', (state, owner, words) => {
  expect(told(state, owner)).toContain(words);
});

it('does not say that a recovery works with them whose execution has ended', () => {
  expect(told('writing', 'bad-upload', { status: 'FAILED' })).toContain(
    'the next try of bad-upload uses them',
  );
});

it('says that the next start only deletes them when the thaw has begun after the proof', () => {
  const words = told('verified', 'bad-upload', { status: 'FAILED', freeze: 'lifting' });
  expect(words).toContain('the next start of bad-upload deletes them');
  expect(words).not.toContain('uses them');
});

it('says that the next start keeps them when that was asked for', () => {
  const words = told('verified', 'bad-upload', { status: 'FAILED', freeze: 'lifting', keepsCopies: true });
  expect(words).toContain('the next start of bad-upload keeps them, as was asked for; then delete each with');
});

it('says that none is left, or that nobody could look', () => {
  expect(told('closed', undefined, { copies: [] })).toBe('  no restored table is left');
  expect(told('closed', undefined, { copies: null })).toContain(
    'could not be looked at: that takes dynamodb:ListTables',
  );
});
