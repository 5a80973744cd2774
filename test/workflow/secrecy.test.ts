import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { awsError } from '../support/lambda-application.ts';
import { ledgerTable, type LedgerTable } from '../support/ledger-table.ts';
import { recoveryWorld, type RecoveryWorld } from '../support/recovery-world.ts';
import { SECRETS, sensitiveItem, sensitiveItems } from '../support/sensitive-items.ts';

let ledger: LedgerTable;
beforeAll(async () => {
  ledger = await ledgerTable();
});
let printed: string[] = [];
beforeEach(async () => {
  await ledger.reset();
  printed = [];
  const print = (...given: unknown[]): boolean => {
    printed.push(given.map((each) => (each instanceof Error ? each.stack : JSON.stringify(each))).join(' '));
    return true;
  };
  for (const method of ['debug', 'info', 'log', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation(print);
  vi.spyOn(process.stdout, 'write').mockImplementation(print);
  vi.spyOn(process.stderr, 'write').mockImplementation(print);
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => ledger.close());

const orders = { good: sensitiveItems(10, 39), damaged: sensitiveItems(12, 41, 'spoilt') };

/** DynamoDB's own messages quote what they refuse. */
function refuse(world: RecoveryWorld, refused: string): void {
  world.journal.before = ({ operation, input }) => {
    const onItems = JSON.stringify(input).includes('orders');
    if (operation === refused && onItems)
      throw awsError('ValidationException', `refused: ${JSON.stringify(sensitiveItem(12))}`);
  };
}

const endings: readonly (readonly [name: string, status: string, spoil: (world: RecoveryWorld) => void])[] = [
  ['that succeeds', 'SUCCEEDED', () => {}],
  ['whose writes are refused', 'FAILED', (world) => refuse(world, 'BatchWriteItem')],
  ['whose scans are refused', 'FAILED', (world) => refuse(world, 'Scan')],
  ['whose reads by key are refused', 'FAILED', (world) => refuse(world, 'BatchGetItem')],
  [
    'whose tables are not equal in the end',
    'FAILED',
    (world) => {
      world.journal.before = ({ operation, input }) => {
        const { sk, done } = (input.Item ?? {}) as { sk?: { S: string }; done?: { BOOL: boolean } };
        if (operation === 'PutItem' && done?.BOOL === true && sk?.S.includes('#apply#orders#') === true)
          world.table('orders').become(sensitiveItems(10, 40), world.clock.now());
      };
    },
  ],
  [
    'that meets a value it cannot read',
    'FAILED',
    (world) => world.table('orders').become([{ ...sensitiveItem(10), content: {} as never }], 0),
  ],
];

describe('a recovery', () => {
  it.each(endings)('%s shows no item and no key', async (_, status, spoil) => {
    const world = recoveryWorld(ledger, { tables: { orders } });
    spoil(world);

    const result = await world.run();

    expect(result.status).toBe(status);
    const shown = JSON.stringify(result) + printed.join('\n');
    expect(shown.length).toBeGreaterThan(10_000);
    for (const secret of SECRETS) expect(shown).not.toContain(secret);
  });
});
