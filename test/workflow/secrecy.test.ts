import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { incidentReportText } from '../../src/cli/incident-report-text.ts';
import { reportPage } from '../../src/tasks/report/report-page.ts';
import { ledgerOf } from '../../src/tasks/ledger/ledger.ts';
import { readDocument } from '../../src/tasks/ledger/document-record.ts';
import { Report } from '../../src/tasks/report/report.ts';
import { incidentStatus } from '../../src/tasks/status/incident-status.ts';
import type { Call } from '../support/call-journal.ts';
import { canariesIn } from '../support/canaries.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError } from '../support/lambda-application.ts';
import { LEDGER_TABLE } from '../support/ledger-table.ts';
import { recoveryWorld, RESTORE_POINT, type RecoveryWorld } from '../support/recovery-world.ts';
import { secretOrder, secretTables } from '../support/secret-tables.ts';
import { taskEnvironment } from '../support/task-environment.ts';

/** The attributes of the ledger's records that are meant to hold keys: cursors, lists of keys to delete, selections. */
const KEY_ATTRIBUTES: readonly string[] = ['cursor', 'keys', 'live', 'only', 'restored'];

/** The calls that bear items or keys to and from the tables themselves. */
const ITEM_CALLS: readonly string[] = ['BatchGetItem', 'BatchWriteItem', 'Scan'];

const ledger = freshLedger();
let printed: unknown[] = [];
beforeEach(() => {
  printed = [];
  const print = (...given: unknown[]): boolean => printed.push(given) > 0;
  for (const method of ['debug', 'info', 'log', 'warn', 'error', 'trace'] as const)
    vi.spyOn(console, method).mockImplementation(print);
  vi.spyOn(process.stdout, 'write').mockImplementation(print);
  vi.spyOn(process.stderr, 'write').mockImplementation(print);
});
afterEach(() => vi.restoreAllMocks());

/** Everything that leaves a task's function, a state machine or the ledger, by where it leaves. */
interface Left {
  readonly [where: string]: unknown[];
}

interface Scanned {
  /** SUCCEEDED, or the error. */
  readonly outcome: string;
  readonly left: Left;
  /** The canaries in the attributes that are meant to hold keys, by attribute. */
  readonly keysIn: { readonly [attribute: string]: readonly string[] };
}

/** Runs a recovery or a drill, and keeps all that it shows to anybody. */
async function scanned(spoil: (world: RecoveryWorld) => void, asked?: object | 'drill'): Promise<Scanned> {
  const world = recoveryWorld(ledger, {
    tables: secretTables,
    system: {
      tables: [
        { name: 'orders', segments: 2 },
        { name: 'images', sensitive: true },
      ],
      copyReaders: ['arn:aws:iam::123456789012:role/VerifySegment'],
      reportBucket: { name: 'reports' },
    },
  });
  const images = world.table('images');
  images.described = {
    AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'B' })),
  };
  spoil(world);
  const passed: unknown[] = [];
  world.onTask = (task, what) => passed.push({ task, ...what });
  const events: unknown[] = [];
  const result =
    asked === 'drill'
      ? await world.drill({ restorePoint: RESTORE_POINT })
      : await world.run(asked, (event) => void events.push(event));
  const { allowed, rest } = ledgerContent(await ledger.records());
  const written = world.journal.of('PutItem', 'UpdateItem', 'DeleteItem').map(({ input }) => {
    const item = ledgerContent([(input.Item ?? {}) as Record<string, unknown>]);
    allowed.push(...item.allowed);
    return { ...input, Item: item.rest };
  });
  const left = {
    'a payload, a log line, a result or an error of a function': passed,
    'the output or the history of an execution': [result, ...events],
    'a message to people': world.person.messages,
    'the console': printed,
    'a call of AWS that is none for items': world.journal.calls.filter(isNoItemCall),
    'a write to the ledger': written,
    'the ledger': rest,
    'the report and the status': await toldOf(world),
  };
  return { outcome: result.error ?? result.status, left, keysIn: canariesByAttribute(allowed) };
}

/** `the console: text, bytes`. */
const canariesByPlace = (left: Left): string[] =>
  Object.entries(left)
    .map(([where, what]) => [where, canariesIn(what).join(', ')] as const)
    .filter(([, found]) => found !== '')
    .map(([where, found]) => `${where}: ${found}`);

type Attribute = readonly [name: string, value: unknown];

/** The ledger's records, without the attributes that are meant to hold keys, and these apart. */
function ledgerContent(records: readonly Record<string, unknown>[]) {
  const attributes: Attribute[] = records.flatMap((record) => Object.entries(record));
  const isAllowed = ([name]: Attribute) => KEY_ATTRIBUTES.includes(name);
  return { allowed: attributes.filter(isAllowed), rest: attributes.filter((one) => !isAllowed(one)) };
}

function canariesByAttribute(allowed: readonly Attribute[]): Scanned['keysIn'] {
  const names = [...new Set(allowed.map(([name]) => name))].sort();
  const valuesOf = (wanted: string) => allowed.filter(([name]) => name === wanted).map(([, value]) => value);
  return Object.fromEntries(names.map((name) => [name, canariesIn(valuesOf(name))]));
}

/** What is written to the ledger is looked at by itself. */
const isNoItemCall = ({ operation, input }: Call) =>
  !ITEM_CALLS.includes(operation) && !(operation === 'PutItem' && input.TableName === LEDGER_TABLE);

/** What the commands of `rewind` tell of an incident. */
async function toldOf(world: RecoveryWorld): Promise<unknown[]> {
  const own = ledgerOf(taskEnvironment(ledger), 'bad-import');
  const status = await incidentStatus(own, world.clock.now());
  const kept = await readDocument(own, 'report');
  if (kept === undefined) return [status];
  const report = Report.parse(kept);
  return [status, report, reportPage(report), incidentReportText(report)];
}

/** DynamoDB's own messages quote what they refuse. */
function refuse(world: RecoveryWorld, refused: string, error: Error = quoting('ValidationException')): void {
  world.journal.before = ({ operation, input }) => {
    if (operation === refused && input.TableName !== LEDGER_TABLE) throw error;
  };
}

/** For so long the first scans of each work are throttled: nearly until Lambda would end the function. */
const SLOW_MILLISECONDS = 14 * 60_000 + 40_000;

/** Throttles what first compares and what first verifies, so that they stop in the middle and save their cursors. */
function slowDown(world: RecoveryWorld): void {
  const slowUntil = new Map<string, number>();
  world.beforeTask = (task) => {
    if (/^(Reset|Verify)Segment$/.test(task) && !slowUntil.has(task))
      slowUntil.set(task, world.clock.now() + SLOW_MILLISECONDS);
  };
  world.journal.before = ({ operation, input }) => {
    const isSlow = [...slowUntil.values()].some((until) => world.clock.now() < until);
    if (operation === 'Scan' && input.ExclusiveStartKey !== undefined && isSlow)
      throw awsError('ThrottlingException', 'not so fast');
  };
}

const quoting = (name: string) =>
  Object.assign(awsError(name, `refused: ${JSON.stringify(secretOrder(12))}`), {
    cause: new Error(`caused by ${JSON.stringify(secretOrder(12))}`, { cause: secretOrder(12) }),
    $response: { body: secretOrder(12) },
    Item: secretOrder(12),
  });

interface Ending {
  /** What the recovery is, in words: `a recovery …`. */
  readonly that: string;
  /** The error of the execution; default none, it succeeds. */
  readonly fails?: string;
  readonly spoil?: (world: RecoveryWorld) => void;
  readonly asked?: object | 'drill';
}

const endings: readonly Ending[] = [
  {
    that: 'whose writes are refused',
    fails: 'States.TaskFailed',
    spoil: (world) => refuse(world, 'BatchWriteItem'),
  },
  { that: 'whose scans are refused', fails: 'ResetFailed', spoil: (world) => refuse(world, 'Scan') },
  {
    that: 'whose reads by key are refused',
    fails: 'ResetFailed',
    spoil: (world) => refuse(world, 'BatchGetItem'),
  },
  {
    that: 'whose copy cannot be protected',
    fails: 'CopyUnprotected',
    spoil: (world) => refuse(world, 'PutResourcePolicy'),
  },
  {
    that: 'whose functions cannot be stopped',
    fails: 'FreezeIncomplete',
    spoil: (world) => refuse(world, 'PutFunctionConcurrency', awsError('ServiceException')),
  },
  {
    that: 'whose answers are no JSON',
    fails: 'ResetFailed',
    spoil: (world) => refuse(world, 'Scan', new SyntaxError(`unexpected ${JSON.stringify(secretOrder(12))}`)),
  },
  {
    that: 'whose ledger takes no cursors',
    fails: 'ResetFailed',
    spoil: (world) => {
      world.journal.before = ({ operation, input }) => {
        const { sk } = (input.Item ?? {}) as { sk?: { S: string } };
        if (operation === 'PutItem' && sk?.S.startsWith('reset#') === true)
          throw Object.assign(quoting('ItemCollectionSizeLimitExceededException'), { Item: input.Item });
      };
    },
  },
  {
    that: 'whose tables are not equal in the end',
    fails: 'States.TaskFailed',
    spoil: (world) => {
      const { good = [] } = secretTables.orders ?? {};
      world.journal.before = ({ operation, input }) => {
        const { sk, done } = (input.Item ?? {}) as { sk?: { S: string }; done?: { BOOL: boolean } };
        if (operation === 'PutItem' && done?.BOOL === true && sk?.S.includes('#apply#orders#') === true)
          world.table('orders').become([...good, secretOrder(40)], world.clock.now());
      };
    },
  },
  {
    that: 'that meets a value it cannot read',
    fails: 'States.TaskFailed',
    spoil: (world) => world.table('orders').become([{ ...secretOrder(10), content: {} as never }], 0),
  },
  { that: 'that the gate refuses', fails: 'GateRefused', asked: { limits: { maxChangeShare: 0 } } },
  { that: 'that nobody approves', fails: 'NotApproved', asked: { approval: true } },
  {
    that: 'that is refused at once',
    fails: 'PreflightRefused',
    asked: { tables: [{ name: 'orders', confirm: 'images' }] },
  },
  {
    that: 'of some items only',

    asked: {
      tables: [
        { name: 'orders', confirm: 'orders', only: { where: [{ attribute: 'content', exists: true }] } },
      ],
    },
  },
  { that: 'that is a drill', asked: 'drill' },
];

describe('a recovery', () => {
  it('that succeeds shows no item and no key, but in the attributes of the ledger that are meant to hold keys', async () => {
    const { outcome, left, keysIn } = await scanned(
      (world) => {
        world.person.asked = () =>
          void world.clock.schedule(world.clock.now() + 60_000, () => world.person.answer('Yes'));
        slowDown(world);
      },
      { approval: true },
    );

    expect(outcome).toBe('SUCCEEDED');
    // There is something to be looked at everywhere, and what is looked for is found where it is meant to be.
    const empty = Object.entries(left).filter(([, what]) => what.length === 0);
    expect(empty).toEqual([['the console', []]]);
    expect(keysIn).toEqual({
      cursor: ['text', 'digits', 'bytes'],
      keys: ['text', 'digits', 'bytes'],
      live: ['text', 'digits', 'bytes'],
      restored: ['text', 'digits', 'bytes'],
    });
    expect(canariesByPlace(left)).toEqual([]);
  });

  it.each(endings.map((ending) => [ending.that, ending] as const))(
    '%s shows no item and no key',
    async (_, { fails, spoil, asked }) => {
      const { outcome, left } = await scanned(spoil ?? (() => {}), asked);
      expect(outcome).toBe(fails ?? 'SUCCEEDED');
      expect(canariesByPlace(left)).toEqual([]);
    },
  );
});
