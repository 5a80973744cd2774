import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { simulate } from '../../../../src/dsl/simulator/simulate.ts';
import { StateFailure } from '../../../../src/dsl/simulator/state-failure.ts';
import { readCoverage, writeCoverage } from '../../../../src/dsl/testing/coverage/coverage-files.ts';
import { Coverage } from '../../../../src/dsl/testing/coverage/coverage.ts';
import { testMachine } from '../../../../src/dsl/testing/test-machine.ts';
import { distributing, invoking, machineOf } from '../../simulator/machines.ts';

const shop = machineOf({
  Charge: {
    ...invoking('Charge'),
    Output: '{% $states.input %}',
    Retry: [
      { ErrorEquals: ['Busy'], MaxAttempts: 1 },
      { ErrorEquals: ['Never'], MaxAttempts: 0 },
    ],
    Catch: [
      { ErrorEquals: ['Declined'], Next: 'Refund' },
      { ErrorEquals: ['States.ALL'], Next: 'Refund' },
    ],
    Next: 'Big',
  },
  Big: {
    Type: 'Choice',
    Choices: [{ Condition: '{% $states.input.cents > 5000 %}', Next: 'Each' }],
    Default: 'Done',
  },
  Each: {
    Type: 'Map',
    Items: [1],
    ItemProcessor: { StartAt: 'Pack', States: { Pack: { Type: 'Pass', End: true } } },
    Next: 'Done',
  },
  Refund: {
    Type: 'Map',
    Items: [],
    ItemProcessor: { StartAt: 'Computed', States: { Computed: { Type: 'Pass', End: true } } },
    Next: 'Done',
  },
  Done: { Type: 'Succeed' },
});

const failing = (...errors: string[]) => ({
  Charge: () => {
    const error = errors.shift();
    if (error !== undefined) throw new StateFailure(error);
    return {};
  },
});

const run = (coverage: Coverage, cents: number, ...errors: string[]) =>
  testMachine({ name: 'Shop', machine: shop }, { coverage, functions: failing(...errors) }).run({ cents });

const wordsOf = (coverage: Coverage) => coverage.report()[0]?.missing.map(({ words }) => words);

describe('coverage', () => {
  it('names all that no run has come to', () => {
    const coverage = new Coverage().add('Shop', shop);
    expect(wordsOf(coverage)).toEqual([
      'Charge',
      'Charge → Big',
      'Charge, retry Busy',
      'Charge, catch Declined → Refund',
      'Charge, catch States.ALL → Refund',
      'Big',
      'Big, rule 1 → Each',
      'Big, otherwise → Done',
      'Each',
      'Each → Done',
      'Pack',
      'Refund',
      'Refund → Done',
      'Done',
    ]);
  });

  it('grows with every run, and tells Catchers to the same state apart', async () => {
    const coverage = new Coverage();
    await run(coverage, 100, 'Busy');
    await run(coverage, 100, 'Torn');
    expect(coverage.report()).toMatchObject([
      {
        name: 'Shop',
        covered: 9,
        total: 14,
        kinds: {
          states: { covered: 4, total: 6 },
          transitions: { covered: 2, total: 3 },
          choices: { covered: 1, total: 2 },
          retries: { covered: 1, total: 1 },
          catches: { covered: 1, total: 2 },
        },
      },
    ]);
    expect(wordsOf(coverage)).toEqual([
      'Charge, catch Declined → Refund',
      'Big, rule 1 → Each',
      'Each',
      'Each → Done',
      'Pack',
    ]);
    await run(coverage, 9900);
    await run(coverage, 9900, 'Declined');
    expect(wordsOf(coverage)).toEqual([]);
  });

  it('counts in machines that another one starts, and in the children of a distributed Map', async () => {
    const parent = machineOf({
      Start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: { StateMachineArn: '${Child}' },
        End: true,
      },
    });
    const child = distributing({ Pack: { Type: 'Pass', End: true } }, { Items: [1] });
    const coverage = new Coverage().add('Child', child);
    await simulate(parent, {}, { name: 'Parent', machines: { Child: child }, observe: coverage.observe });
    expect(coverage.report()).toMatchObject([{ name: 'Child', covered: 2, total: 2 }]);
  });

  it('refuses a machine that was changed since', () => {
    const machine = machineOf({ Done: { Type: 'Succeed' } }, { Comment: 'as it was' });
    const coverage = new Coverage().add('Own', machine).add('Own', machine);
    expect(() => coverage.add('Own', Object.assign(machine, { Comment: 'changed' }))).toThrow(
      "the machine 'Own' is not what it was when its runs were first counted; change a copy of it",
    );
  });

  it('refuses two machines of one name', () => {
    const coverage = new Coverage().add('Shop', shop).add('Shop', structuredClone(shop));
    expect(() => coverage.add('Shop', machineOf({ Done: { Type: 'Succeed' } }))).toThrow(
      "there are two machines named 'Shop'",
    );
  });
});

describe('coverage in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-coverage-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is put together from all of them', async () => {
    const [one, other] = [new Coverage(), new Coverage()];
    await run(one, 100);
    await run(other, 9900, 'Declined');
    writeCoverage(one, join(folder, 'both/one.json'));
    writeCoverage(other, join(folder, 'both/other.json'));
    const both = new Coverage();
    await run(both, 100);
    await run(both, 9900, 'Declined');
    expect(readCoverage(join(folder, 'both')).records).toEqual(both.records);
  });

  it.each([
    ['gone', undefined, 'there is no coverage; run the tests that record it'],
    ['text', 'States', 'it is no coverage of state machines'],
    ['other', '{"total": 5}', 'it is no coverage of state machines'],
  ])('is refused when it is not there or something else: %s', (name, content, words) => {
    if (content !== undefined) {
      writeCoverage(new Coverage(), join(folder, name, 'a.json'));
      writeFileSync(join(folder, name, 'b.json'), content);
    }
    expect(() => readCoverage(join(folder, name))).toThrow(words);
  });
});
