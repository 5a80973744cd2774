import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TELLING_STATES } from '../../src/cli/findings-of-state.ts';
import { followExecution, SPOKEN_STATES } from '../../src/cli/follow-execution.ts';
import { confirmTables, requestOf, type RequestOptions } from '../../src/cli/recovery-request.ts';
import { compile } from '../../src/dsl/compiler/compile.ts';
import { makeReport } from '../../src/tasks/report/make-report.ts';
import { rewind } from '../../src/workflow/rewind.ts';
import { awsError } from '../support/lambda-application.ts';
import { incidentRun } from '../support/incident-run.ts';
import { rewindCommand } from '../support/rewind-command.ts';
import { type ServedEndpoint, machineArn, servedEndpoint } from '../support/served-endpoint.ts';

const report = makeReport(
  incidentRun,
  { functions: [], provisioned: [], mappings: [], pipes: [], rules: [], schedules: [] },
  { openedAt: '2026-11-22T09:00:00.000Z', finishedAt: '2026-11-22T12:00:00.000Z' },
);

const planReports = incidentRun.planned.map((table) => ({ ...table }));
const planned = incidentRun.planned.map(({ name, counts }) => ({ name, planned: { ...counts } }));

/** The same when another table has joined it. */
const grown = [...planReports, ...planReports.map((table) => ({ ...table, name: 'clients' }))];

let endpoint: ServedEndpoint;
const { file, runBeside, remove } = rewindCommand('start');
beforeAll(async () => {
  endpoint = await servedEndpoint();
  const end = { Type: 'Pass', End: true } as const;
  await endpoint.create('Recovers', {
    QueryLanguage: 'JSONata',
    StartAt: 'Plan',
    States: {
      Plan: { Type: 'Pass', Assign: { plan: { warnings: ['blog-posts goes on'] } }, Next: 'Planned' },
      Planned: { Type: 'Pass', Assign: { planned }, Next: 'Gate' },
      Gate: { Type: 'Pass', Assign: { gate: { tables: planReports } }, Next: 'Recovered' },
      Recovered: { ...end, Output: { ...report } },
    },
  });
  await endpoint.create('AsksFirst', {
    QueryLanguage: 'JSONata',
    StartAt: 'Asked.Person.Checked',
    States: {
      'Asked.Person.Checked': {
        Type: 'Pass',
        Assign: { checked: { tables: planReports } },
        Next: 'Asked.Person.Agreed',
      },
      'Asked.Person.Agreed': { Type: 'Pass', Next: 'Gate' },
      Gate: { Type: 'Pass', Assign: { gate: { tables: grown } }, Next: 'Recovered' },
      Recovered: { ...end, Output: { ...report } },
    },
  });
  await endpoint.create('Refuses', {
    StartAt: 'Plan',
    States: {
      Plan: {
        Type: 'Fail',
        Error: 'PreflightRefused',
        Cause: 'nothing was touched; 1 fault:\n- tables[0].name',
      },
    },
  });
  await endpoint.create('Undoes', {
    StartAt: 'Gate',
    States: { Gate: { Type: 'Fail', Error: 'GateRefused', Cause: 'not today [undone: frozen, locked]' } },
  });
  await endpoint.create('StaysFrozen', {
    StartAt: 'Recovered',
    States: { Recovered: { Type: 'Fail', Error: 'TablesDiffer', Cause: '61 items against 60' } },
  });
  await endpoint.create('LeavesCopies', {
    StartAt: 'Recovered',
    States: {
      Recovered: { Type: 'Pass', Next: 'CleanedUp.Remove.Removals' },
      'CleanedUp.Remove.Removals': { Type: 'Fail', Error: 'DynamoDb.DynamoDbException', Cause: 'no' },
    },
  });
  await endpoint.create('CannotUndo', {
    StartAt: 'Gate',
    States: {
      Gate: { Type: 'Fail', Error: 'GateRefused', Cause: 'no [NOT UNDONE: frozen (ThawIncomplete)]' },
    },
  });
});
afterAll(async () => {
  remove();
  await endpoint.close();
});

/** Without a terminal, and without a region but that of the machine. */
const start = (machine: string, ...args: string[]) =>
  runBeside('--machine', machineArn(machine), '--endpoint', endpoint.url, ...args);

const shop =
  '--incident bad-upload-42 --restore-point 2026-11-22T04:14:07+01:00 --table shop-orders shop-stock --confirm shop-orders shop-stock'.split(
    ' ',
  );

describe('rewind start', () => {
  it('says what it is about to do, shows the states, and ends with what was recovered and is left to do', async () => {
    const { code, stdout } = await start('Recovers', ...shop);
    expect(code).toBe(0);
    expect(stdout).toContain('Incident bad-upload-42: back to 2026-11-22T03:14:07Z');
    expect(stdout).toContain('tables        shop-orders, shop-stock');
    expect(stdout).toMatch(
      /Started: arn:aws:states:us-east-1:123456789012:execution:Recovers:bad-upload-42-\d{8}T\d{6}Z/,
    );
    expect(stdout).toMatch(
      /\d\d:\d\d:\d\d {2}preflight[^]*Warning: blog-posts goes on[^]*orders: 3 puts and 2 deletes planned, for 10 restored and 9 live items[^]*orders: about 5 write units[^]*\d\d:\d\d:\d\d {2}resets and verifies every table/,
    );
    expect(stdout).toContain('RECOVERED: bad-upload-42, every table is proven');
    expect(stdout).toContain('orders: 3 put, 2 deleted, 7 unchanged; 10 items proven');
    for (const { text } of report.followUps) expect(stdout).toContain(`- ${text}`);
  });

  it('shows figures before the question for approval, and at the gate only those that are new', async () => {
    const { stdout } = await start('AsksFirst', ...shop);
    const shown = stdout.split('\n').filter((line) => /about 5 write units|approval|the gate/.test(line));
    expect(shown).toEqual([
      expect.stringContaining('orders: about 5 write units'),
      expect.stringContaining('waits for approval'),
      expect.stringContaining('the gate'),
      expect.stringContaining('clients: about 5 write units'),
    ]);
  });

  it('hands the machine exactly what was asked for', async () => {
    // An execution's name has the incident and the second: another one's may have begun in the same.
    const incident = 'bad-upload-44';
    const args = shop.with(shop.indexOf('bad-upload-42'), incident);
    const { stdout } = await start('Recovers', ...args, '--approval', '--by', 'Ada', '--no-watch');
    const [, executionArn = ''] = /Started: (\S+)/.exec(stdout) ?? [];
    expect(stdout).not.toContain('RECOVERED');
    const { input } = await endpoint.ended(executionArn);
    expect(JSON.parse(input ?? '')).toEqual({
      requestedBy: 'Ada',
      incidentId: incident,
      restorePoint: '2026-11-22T04:14:07+01:00',
      tables: [
        { name: 'shop-orders', confirm: 'shop-orders' },
        { name: 'shop-stock', confirm: 'shop-stock' },
      ],
      approval: true,
    });
  });

  it('takes a whole request from a file', async () => {
    const request = {
      incidentId: 'bad-upload-43',
      restorePoint: '2026-11-22T03:14:07Z',
      tables: [
        { name: 'shop-orders', confirm: 'shop-orders', only: { partitionKey: { equals: 'tenant-a' } } },
      ],
      limits: { maxDeleteShare: 0.1 },
    };
    const { stdout } = await start('Recovers', '--request', file('request.json', request), '--no-watch');
    expect(stdout).toContain('shop-orders (some of its items)');
    expect(stdout).not.toContain('tenant-a');
    const { input } = await endpoint.ended(/Started: (\S+)/.exec(stdout)?.[1] ?? '');
    expect(JSON.parse(input ?? '')).toEqual(request);
  });

  it.each([
    ['Refuses', 'PreflightRefused', 'This run has touched nothing.'],
    ['Undoes', 'GateRefused', 'This run has written nothing, and the application runs on.'],
    ['StaysFrozen', 'TablesDiffer', 'Take it that the application is still frozen and tables are half reset'],
    ['LeavesCopies', 'DynamoDb.DynamoDbException', 'Every table is proven right, and the application runs'],
    ['CannotUndo', 'GateRefused', 'The application is still frozen: correct what the cause says'],
  ])('says what a failure of %s means, and what to do', async (machine, error, words) => {
    const { code, stdout } = await start(machine, ...shop);
    expect(code).toBe(1);
    expect(stdout).toContain(`FAILED: ${error}`);
    expect(stdout).toContain(words);
  });

  it('refuses another region than the machine has', async () => {
    const { code, stdout, stderr } = await start('Recovers', ...shop, '--region', 'eu-west-1');
    expect(code).toBe(2);
    expect(stderr).toContain('the machine is in us-east-1, not in eu-west-1; leave --region out');
    expect(stdout).not.toContain('Started');
  });

  it('starts nothing when a name is typed wrong, or is not typed where there is no terminal', async () => {
    const wrong = await start('Recovers', ...shop.slice(0, -1), 'shop-stack');
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.stderr).toContain("'shop-stack' does not confirm shop-stock; nothing was started");
    expect(wrong.stdout).not.toContain('Started');
    const silent = await start('Recovers', ...shop.slice(0, -3));
    expect(silent).toMatchObject({ code: 2 });
    expect(silent.stderr).toContain('typed again: --confirm shop-orders shop-stock');
  });
});

describe('a request made of options', () => {
  const NOW = Date.parse('2026-11-22T12:00:00Z');
  const whole = { incident: 'abc', restorePoint: '2026-11-22T03:14:07Z', table: ['abc'] };

  it.each<[RequestOptions, string]>([
    [{ incident: 'x' }, 'give --incident, --restore-point and --table, or --request with a file'],
    [
      { ...whole, request: 'request.json' },
      '--request has the whole request; leave the other options of it out',
    ],
    [
      { incident: 'Ab', restorePoint: 'yesterday', table: ['a'] },
      '3 faults:\n- incidentId: must be 3 to 32 lower-case letters',
    ],
    [{ ...whole, restorePoint: '2026-02-31T00:00:00Z' }, '2026-02-31T00:00:00Z is not a time that exists'],
    [{ ...whole, restorePoint: '2026-11-22T12:00:01Z' }, '2026-11-22T12:00:01Z is in the future'],
  ])('is refused in words: %j', async (options, words) => {
    expect(await requestOf(options, NOW)).toEqual({ faults: expect.stringContaining(words) });
  });
});

describe('the question for confirmation', () => {
  const request = () => ({
    incidentId: 'abc',
    restorePoint: '2026-11-22T03:14:07Z',
    tables: [
      { name: 'orders', confirm: '' },
      { name: 'stock', confirm: 'stock' },
    ],
  });

  it('is put for each table that was not confirmed', async () => {
    const asked: string[] = [];
    const given = request();
    const typed = async (question: string) => {
      asked.push(question);
      return ' orders\n';
    };
    expect(await confirmTables(given, typed)).toBeUndefined();
    expect(asked).toEqual(['Type orders once more to take it back: ']);
    expect(given.tables[0]?.confirm).toBe('orders');
  });

  it('ends it all when another name is typed', async () => {
    expect(await confirmTables(request(), async () => 'order')).toContain("'order' does not confirm orders");
  });
});

describe('following an execution', () => {
  it('speaks only of states that the machine has', () => {
    expect(Object.keys(compile(rewind).machine.States)).toEqual(
      expect.arrayContaining([...Object.keys(SPOKEN_STATES), ...TELLING_STATES]),
    );
  });

  it('tells each state once, however often it is looked at, until the end', async () => {
    const told: string[] = [];
    let looks = 0;
    const events = [
      { id: 1, type: 'ExecutionStarted' },
      ...['Undoable', 'Undoable.Wait', 'Undoable', 'Gate'].map((name, index) => ({
        id: 2 + index,
        stateEnteredEventDetails: { name },
      })),
    ];
    const client = {
      send: async (command: object) => {
        if (command.constructor.name === 'DescribeExecutionCommand') {
          looks += 1;
          return { status: looks < 3 ? 'RUNNING' : 'SUCCEEDED' };
        }
        return { events: events.slice(0, 2 * looks).toReversed() };
      },
    };
    const { execution, state } = await followExecution('arn:of:it', {
      client: client as never,
      entered: (words) => told.push(words),
      found: (words) => told.push(words),
      pause: async () => {},
    });
    expect(execution.status).toBe('SUCCEEDED');
    expect(state).toBe('Gate');
    // One of them for the output.
    expect(looks).toBe(4);
    expect(told).toEqual([SPOKEN_STATES.Undoable, SPOKEN_STATES.Gate]);
  });

  /** One whose plan warns, looked at three times; its data may be decrypted, or not. */
  async function followed(mayDecrypt: boolean) {
    const asked: string[] = [];
    const told: string[] = [];
    const plan = JSON.stringify({ warnings: ['blog-posts goes on'] });
    const events = (withData: boolean) => [
      { id: 1, stateEnteredEventDetails: { name: 'Plan' } },
      { id: 2, stateExitedEventDetails: { name: 'Plan', ...(withData && { assignedVariables: { plan } }) } },
      { id: 3, stateEnteredEventDetails: { name: 'Locked' } },
    ];
    let looks = 0;
    const client = {
      send: async ({
        input,
        constructor,
      }: {
        input: Record<string, unknown>;
        constructor: { name: string };
      }) => {
        const isHistory = constructor.name === 'GetExecutionHistoryCommand';
        const withData = isHistory
          ? input.includeExecutionData === true
          : input.includedData !== 'METADATA_ONLY';
        if (isHistory) looks += withData ? 0 : 1;
        if (withData) asked.push(constructor.name);
        if (withData && !mayDecrypt) throw awsError('KmsAccessDeniedException', 'no');
        if (isHistory) return { events: events(withData).toReversed() };
        return { status: looks < 2 ? 'RUNNING' : 'FAILED', ...(withData && { cause: 'not today' }) };
      },
    };
    const { execution } = await followExecution('arn:of:it', {
      client: client as never,
      entered: (words) => told.push(words),
      found: (words) => told.push(words),
      pause: async () => {},
    });
    return { asked, told, execution };
  }

  it('asks for data where something is told of it, once, and at the end', async () => {
    const { asked, told, execution } = await followed(true);
    expect(asked).toEqual(['GetExecutionHistoryCommand', 'DescribeExecutionCommand']);
    expect(told).toEqual([SPOKEN_STATES.Plan, 'Warning: blog-posts goes on', SPOKEN_STATES.Locked]);
    expect(execution).toEqual({ status: 'FAILED', cause: 'not today' });
  });

  it('says once that the data may not be decrypted, and follows to the end all the same', async () => {
    const { asked, told, execution } = await followed(false);
    expect(asked).toEqual(['GetExecutionHistoryCommand']);
    expect(told).toEqual([
      expect.stringContaining('may not be decrypted with these credentials (kms:Decrypt'),
      SPOKEN_STATES.Plan,
      SPOKEN_STATES.Locked,
    ]);
    expect(execution).toEqual({ status: 'FAILED' });
  });
});
