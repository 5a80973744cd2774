import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { putDocument, readDocument } from '../../../src/tasks/ledger/document-record.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { taskEnvironment } from '../../support/task-environment.ts';

const ledger = freshLedger();

const own = () => ledgerOf(taskEnvironment(ledger), 'bad-import');

describe('a report in the ledger', () => {
  it('may name the functions of an account that is larger than one item has room for', async () => {
    const report = { functions: Array.from({ length: 6000 }, (_, index) => `${'shop-'.repeat(11)}${index}`) };
    await putDocument(own(), 'report', report);
    expect(await readDocument(own(), 'report')).toEqual(report);
  });

  it('is not there unless it was put', async () => {
    expect(await readDocument(own(), 'report')).toBeUndefined();
  });

  it('has a short one after a long one for itself', async () => {
    await putDocument(own(), 'report', { text: 'x'.repeat(300_000) });
    await putDocument(own(), 'report', { text: 'short' });
    expect(await readDocument(own(), 'report')).toEqual({ text: 'short' });
  });
});
