import { describe, expect, it } from 'vitest';
import type { SavedFunction } from '../../../src/tasks/ledger/function-record.ts';
import type { SavedProvisioned } from '../../../src/tasks/ledger/provisioned-record.ts';
import type { SavedSwitch } from '../../../src/tasks/ledger/switch-record.ts';
import { makeReport } from '../../../src/tasks/report/make-report.ts';
import type { Run } from '../../../src/tasks/report/run.ts';
import { incidentCounts, incidentRun } from '../../support/incident-run.ts';
import { functionArn } from '../../support/lambda-application.ts';

const saved = {
  state: 'thawed',
  savedAt: '2026-11-22T09:00:30.000Z',
  settledAt: '2026-11-22T11:55:00.000Z',
} as const;

const aFunction = (name: string, differs: Partial<SavedFunction> = {}): SavedFunction => ({
  name,
  arn: functionArn(name),
  timeoutSeconds: 60,
  reads: false,
  before: 25,
  ...saved,
  ...differs,
});
const aMapping = (id: string, differs: Partial<SavedSwitch> = {}): SavedSwitch => ({
  id,
  functionName: 'shop-orders',
  enabledBefore: true,
  ...saved,
  ...differs,
});

interface Given {
  readonly run?: Partial<Run>;
  readonly openedAt?: string;
  readonly functions?: readonly SavedFunction[];
  readonly provisioned?: readonly SavedProvisioned[];
  readonly mappings?: readonly SavedSwitch[];
  readonly pipes?: readonly SavedSwitch[];
  readonly rules?: readonly SavedSwitch[];
  readonly schedules?: readonly SavedSwitch[];
}

const NOTHING_PAUSED = { provisioned: [], pipes: [], rules: [], schedules: [] };

const reportOf = ({
  run,
  openedAt = '2026-11-22T09:00:09.000Z',
  functions = [aFunction('shop-orders')],
  mappings = [],
  ...paused
}: Given = {}) =>
  makeReport(
    { ...incidentRun, ...run },
    { functions, mappings, ...NOTHING_PAUSED, ...paused },
    { openedAt, finishedAt: '2026-11-22T12:00:00.000Z' },
  );

const [orders] = incidentRun.tables;
const withTable = (differs: Partial<Run['tables'][number]>): Given => ({
  run: { tables: orders === undefined ? [] : [{ ...orders, ...differs }] },
});
const followUp = (given: Given, code: string) =>
  reportOf(given).followUps.find((each) => each.code === code)?.text;

describe('the phases', () => {
  it('tells who asked for it and who agreed, as far as that is known', () => {
    expect(reportOf()).toMatchObject({ requestedBy: 'Ada', approvedBy: null });
    const { requestedBy: _, ...anonymous } = incidentRun;
    const report = makeReport(
      { ...anonymous, approvedBy: 'Grace' },
      { functions: [], mappings: [], ...NOTHING_PAUSED },
      { openedAt: '2026-11-22T09:00:09.000Z', finishedAt: '2026-11-22T12:00:00.000Z' },
    );
    expect(report).toMatchObject({ requestedBy: null, approvedBy: 'Grace' });
  });

  it('say when each began, how long it took, and what was planned', () => {
    expect(
      reportOf().phases.map(({ name, startedAt, seconds, plannedSeconds }) => [
        name,
        startedAt.slice(11, 19),
        seconds,
        plannedSeconds,
      ]),
    ).toEqual([
      ['preflight', '09:00:00', 10, 2],
      ['freeze', '09:00:10', 50, 1],
      ['drain', '09:01:00', 901, 900],
      ['restore', '09:01:00', 1800, 3600],
      ['waitForUndo', '09:31:00', 60, 300],
      ['plan', '09:32:00', 60, 0.5],
      ['reset', '09:33:00', 5220, 2.5],
      ['verify', '11:00:00', 3000, 0.5],
      ['thaw', '11:50:00', 300, 1],
      ['cleanUp', '11:55:00', 300, 1],
    ]);
  });

  it('plan a freeze and a thaw at the pace of the changes that Lambda takes', () => {
    const functions = Array.from({ length: 26 }, (_, index) =>
      aFunction(`shop-${index}`, { before: index < 2 ? 0 : 5 }),
    );
    const mappings = [true, false].map((enabledBefore) => aMapping(String(enabledBefore), { enabledBefore }));
    const { phases } = reportOf({ functions, mappings });
    // Twenty-four functions and one mapping, twelve a second.
    expect(phases.filter(({ name }) => ['freeze', 'thaw'].includes(name))).toMatchObject([
      { plannedSeconds: 3 },
      { plannedSeconds: 3 },
    ]);
  });

  it('plan the preflight at the pace of its readings, and the clean-up at that of the deletions', () => {
    const tables = Array.from({ length: 21 }, () => incidentRun.tables).flat();
    const functions = Array.from({ length: 81 }, (_, index) => aFunction(`shop-${index}`));
    const ofBoth = (run: Partial<Run>) =>
      reportOf({ run: { tables, ...run }, functions })
        .phases.filter(({ name }) => ['preflight', 'cleanUp'].includes(name))
        .map(({ plannedSeconds }) => plannedSeconds);
    // Eighty functions and eight tables a second; ten deletions.
    expect(ofBoth({})).toEqual([2 + 3, 3]);
    expect(ofBoth({ keptRestoredTables: true })).toEqual([2 + 3, 0]);
  });

  it('are never shorter than nothing, where a retry has taken a time anew', () => {
    const { phases } = reportOf({ run: { lockedAt: '2026-11-22T09:02:00Z' } });
    expect(phases.find(({ name }) => name === 'freeze')?.seconds).toBe(0);
  });
});

describe('the time of the freeze', () => {
  it('counts from an earlier run that left the application frozen', () => {
    const functions = [aFunction('shop-orders', { savedAt: '2026-11-22T02:00:00.000Z' })];
    expect(reportOf({ functions }).freeze.from).toBe('2026-11-22T02:00:00.000Z');
  });

  it('does not count what an earlier run has put back', () => {
    const earlier = { savedAt: '2026-11-22T02:00:00.000Z', settledAt: '2026-11-22T03:00:00.000Z' };
    const functions = [aFunction('shop-old', earlier), aFunction('shop-orders')];
    expect(reportOf({ functions }).freeze.from).toBe(saved.savedAt);
  });

  it('is that of the run where nothing had to be frozen', () => {
    expect(reportOf({ functions: [] }).freeze).toEqual({
      from: '2026-11-22T09:01:00.000Z',
      until: '2026-11-22T11:50:00.000Z',
      seconds: 10_140,
    });
  });
});

describe('what became of a setting', () => {
  it.each([
    ['thawed', 25],
    ['gone', 'gone'],
    ['frozen', 0],
  ] as const)('that is %s', (state, after) => {
    const { functions } = reportOf({ functions: [aFunction('shop-orders', { state })] });
    expect(functions).toEqual([{ name: 'shop-orders', before: 25, during: 0, after }]);
  });
});

describe('a warning', () => {
  it('is not given where all went as planned', () => {
    expect(reportOf().warnings).toEqual([]);
  });

  it.each<[what: string, given: Given, words: string]>([
    [
      'what could not be proven',
      { run: { warnings: ['whether anything still wrote orders is not known'] } },
      'whether anything still wrote orders is not known',
    ],
    ['a second run', { openedAt: '2026-11-22T01:00:00.000Z' }, 'not the first run of the incident'],
    [
      'a function that appeared late',
      { functions: [aFunction('shop-new', { savedAt: '2026-11-22T09:10:00.000Z' })] },
      'Frozen late, since they appeared or were changed after 2026-11-22T09:01:00.000Z: shop-new.',
    ],
    [
      'a function that was at 0',
      { functions: [aFunction('shop-idle', { before: 0 })] },
      'and is again: shop-idle.',
    ],
    [
      'functions that were deleted, of which it names twenty',
      { functions: Array.from({ length: 23 }, (_, index) => aFunction(`shop-${index}`, { state: 'gone' })) },
      'shop-19 and 3 more',
    ],
    [
      'a mapping that was deleted',
      { mappings: [aMapping('uuid-gone', { state: 'gone' })] },
      'not put back: event-source mappings uuid-gone.',
    ],
    [
      'a reset that was not as planned',
      withTable({ counts: { ...incidentCounts, deletes: 1 } }),
      'orders: 3 puts and 2 deletes were planned, 3 and 1 were made.',
    ],
    [
      'a selection',
      withTable({ selective: true }),
      'orders: only the selected items were taken back; 0 others',
    ],
    ['expired items', withTable({ expiredItems: 4 }), 'orders: 4 items of the restore point are missing'],
  ])('tells of %s', (_what, given, words) => {
    expect(reportOf(given).warnings).toEqual([expect.stringContaining(words)]);
  });
});

describe('what is left to do', () => {
  it('says that nothing asynchronous was lost in less than six hours', () => {
    expect(followUp({}, 'repeatAsyncInvocations')).toContain('this freeze lasted less');
  });

  it('says from when to when asynchronous invocations were lost in more than six hours', () => {
    const functions = [aFunction('shop-orders', { settledAt: '2026-11-22T16:00:30.000Z' })];
    expect(followUp({ functions }, 'repeatAsyncInvocations')).toContain(
      'between 2026-11-22T09:00:30.000Z and 2026-11-22T10:00:30.000Z are lost',
    );
  });

  it('names the functions whose streams may have lost records after a day', () => {
    const settledAt = '2026-11-23T10:00:00.000Z';
    expect(followUp({ mappings: [aMapping('uuid', { settledAt })] }, 'catchUpStreams')).toContain(
      'shop-orders',
    );
    expect(followUp({ mappings: [aMapping('uuid')] }, 'catchUpStreams')).toBeUndefined();
  });

  it('names the tables whose streams have told of the reset, and the functions whose sources have queues', () => {
    expect(followUp({}, 'rebuildCopies')).toContain('fed by the streams of orders');
    expect(followUp({ mappings: [aMapping('uuid')] }, 'redriveDeadLetterQueues')).toContain(
      'the sources of shop-orders',
    );
  });

  it('names the tables that were kept', () => {
    expect(followUp({ run: { keptRestoredTables: true } }, 'deleteCopies')).toContain(
      'the tables rewind-orders',
    );
    expect(followUp({}, 'deleteCopies')).not.toContain('rewind-orders');
  });

  it('names the schedules that were missed, as far as they were found', () => {
    const missedSchedules = { names: ['default/nightly', 'shop/hourly'], more: 3 };
    expect(followUp({ run: { missedSchedules } }, 'repeatSchedules')).toMatch(
      /must have run\. These start frozen functions: default\/nightly, shop\/hourly and 3 more; look at/,
    );
    const none = { names: [], more: 0 };
    expect(followUp({ run: { missedSchedules: none } }, 'repeatSchedules')).toMatch(/must have run\.$/);
    expect(followUp({}, 'repeatSchedules')).toMatch(/must have run\.$/);
  });

  it('speaks of no function where none was stopped', () => {
    const codes = reportOf({ functions: [aFunction('shop-idle', { before: 0 })] }).followUps.map(
      ({ code }) => code,
    );
    expect(codes).toEqual([
      'removeCause',
      'rebuildCopies',
      'undoOutsideEffects',
      'deleteCopies',
      'startPipeline',
    ]);
  });
});

it('tells of provisioned concurrency that was taken away, alias by alias', () => {
  const one = { functionName: 'shop-orders', qualifier: 'live', requested: 10, ...saved };
  const provisioned: SavedProvisioned[] = [
    one,
    { ...one, qualifier: '7', state: 'gone' },
    { ...one, qualifier: 'blue', state: 'frozen', settledAt: undefined },
  ];
  const place = { functionName: 'shop-orders', before: 10, during: 'absent' };
  expect(reportOf({ provisioned }).provisionedConcurrency).toEqual([
    { ...place, qualifier: 'live', after: 10 },
    { ...place, qualifier: '7', after: 'gone' },
    { ...place, qualifier: 'blue', after: 'absent' },
  ]);
});

it('begins what is left to do with what did the damage, which the thaw brings back', () => {
  expect(reportOf().followUps[0]).toEqual({
    code: 'removeCause',
    text: expect.stringContaining('take it out now: the thaw brought the application back as it was'),
  });
});

describe('what was paused', () => {
  const settings = {
    functions: [
      aFunction('shop-get', { reads: true, settledAt: '2026-11-22T11:51:00.000Z' }),
      aFunction('shop-orders', { settledAt: '2026-11-22T11:53:00.000Z' }),
    ],
    mappings: [aMapping('uuid', { settledAt: '2026-11-22T11:54:00.000Z' })],
    pipes: [
      aMapping('mails', { functionName: '' }),
      aMapping('asleep', { functionName: '', enabledBefore: false }),
    ],
    rules: [aMapping('shop/orders', { functionName: '', state: 'gone' })],
    schedules: [aMapping('shop/bills', { functionName: '', state: 'left' })],
  } as const;

  it('is told with how it was, is and has become', () => {
    const { pipes, rules, schedules, warnings } = reportOf(settings);
    const during = 'disabled';
    expect(pipes).toEqual([
      { name: 'mails', before: 'enabled', during, after: 'enabled' },
      { name: 'asleep', before: 'disabled', during, after: 'disabled' },
    ]);
    expect(rules).toEqual([{ name: 'shop/orders', before: 'enabled', during, after: 'gone' }]);
    expect(schedules).toEqual([{ name: 'shop/bills', before: 'enabled', during, after: 'disabled' }]);
    expect(warnings).toContain('Deleted by someone during the recovery, so not put back: rules shop/orders.');
  });

  it('comes back stage by stage', () => {
    expect(reportOf(settings).stages).toEqual([
      { name: 'readers', functions: 1, switches: 0, doneAt: '2026-11-22T11:51:00.000Z' },
      { name: 'writers', functions: 0, switches: 0, doneAt: null },
      { name: 'consumers', functions: 1, switches: 3, doneAt: '2026-11-22T11:55:00.000Z' },
      { name: 'schedules', functions: 0, switches: 2, doneAt: '2026-11-22T11:55:00.000Z' },
    ]);
  });

  it('counts for how long the application stood still', () => {
    const rules = [aMapping('shop/orders', { savedAt: '2026-11-22T09:00:10.000Z' })];
    expect(reportOf({ rules }).freeze.from).toBe('2026-11-22T09:00:10.000Z');
  });

  it('has its own follow-ups: what did not fire, and what was not delivered', () => {
    expect(followUp(settings, 'repeatSchedules')).toContain(
      'These were paused, and did not fire at all: rule shop/orders, shop/bills.',
    );
    expect(followUp(settings, 'replayEvents')).toContain('since the rules were paused: shop/orders; replay');
    expect(followUp({}, 'replayEvents')).toBeUndefined();
    const settledAt = '2026-11-23T13:00:00.000Z';
    const pipes = [aMapping('mails', { functionName: '', settledAt })];
    expect(followUp({ pipes }, 'catchUpStreams')).toContain('(pipes mails)');
  });
});
