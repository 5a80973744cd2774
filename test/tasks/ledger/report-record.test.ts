import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { putReport, readReport } from '../../../src/tasks/ledger/report-record.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { taskEnvironment } from '../../support/task-environment.ts';

const ledger = freshLedger();

const own = () => ledgerOf(taskEnvironment(ledger), 'bad-import');

describe('a report in the ledger', () => {
  it('may name the functions of an account that is larger than one item has room for', async () => {
    const report = { functions: Array.from({ length: 6000 }, (_, index) => `${'shop-'.repeat(11)}${index}`) };
    await putReport(own(), report);
    expect(await readReport(own())).toEqual(report);
  });

  it('is not there unless it was put', async () => {
    expect(await readReport(own())).toBeUndefined();
  });

  it('has a short one after a long one for itself', async () => {
    await putReport(own(), { text: 'x'.repeat(300_000) });
    await putReport(own(), { text: 'short' });
    expect(await readReport(own())).toEqual({ text: 'short' });
  });
});
