import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { task } from '../../src/dsl/authoring/task.ts';
import { type Environment, handlerOf, type Perform } from '../../src/tasks/handler.ts';
import { IncidentId } from '../../src/tasks/incident.ts';

const greet = task('Greet', {
  input: z.object({ incidentId: IncidentId, secret: z.string() }),
  output: z.object({ table: z.string(), milliseconds: z.number() }),
  errors: ['GreetRefused'],
  timeout: '1 minute',
});
const SYSTEM = { ledgerTable: 'rewind-ledger', tables: [{ name: 'orders' }], functions: { prefix: 'shop-' } };
const payload = { incidentId: 'bad-import', secret: '078-05-1120' };
const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 30_000 };

let logged: string[];
beforeEach(() => {
  // Each test meets a new Lambda instance.
  vi.resetModules();
  logged = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void logged.push(line));
  vi.stubEnv('REWIND_SYSTEM', JSON.stringify(SYSTEM));
  vi.stubEnv('AWS_REGION', 'us-east-1');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** The entry as this test's Lambda instance has loaded it. */
async function entry(perform: Perform<typeof greet>) {
  const { lambdaEntry } = await import('../../src/tasks/lambda-entry.ts');
  return lambdaEntry(handlerOf(greet, perform));
}

const answers: Perform<typeof greet> = async (_, { system, deadline, clock }) => ({
  table: system.ledgerTable,
  milliseconds: deadline - clock.now(),
});

async function thrownBy(error: unknown): Promise<Error> {
  const handler = await entry(() => Promise.reject(error));
  return handler(payload, context).then(
    () => new Error('nothing was thrown'),
    (thrown: Error) => thrown,
  );
}

describe('the Lambda entry of a task', () => {
  it('gives the task its system, and the time that Lambda leaves it as deadline', async () => {
    const handler = await entry(answers);
    const { table, milliseconds } = await handler(payload, context);
    expect(table).toBe('rewind-ledger');
    expect(milliseconds).toBeGreaterThan(25_000);
    expect(milliseconds).toBeLessThanOrEqual(30_000);
  });

  it('makes its clients once for all invocations of an instance, those that the task asks for included', async () => {
    const seen = new Set<unknown>();
    const { lambdaEntry } = await import('../../src/tasks/lambda-entry.ts');
    const { lambdaClient } = await import('../../src/tasks/aws-clients.ts');
    const remembers = handlerOf(greet, async (_, environment: Environment<'lambda'>) => {
      seen.add(environment.dynamodb).add(environment.lambda);
      return { table: environment.system.ledgerTable, milliseconds: 0 };
    });
    const handler = lambdaEntry(remembers, () => ({ lambda: lambdaClient() }));
    await handler(payload, context);
    await handler(payload, context);
    expect([...seen].map((client) => client?.constructor.name)).toEqual(['DynamoDBClient', 'LambdaClient']);
  });

  it('logs one line of task, incident, outcome and duration, and nothing of the payload', async () => {
    const handler = await entry(answers);
    await handler(payload, context);
    expect(logged.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        task: 'Greet',
        incidentId: 'bad-import',
        requestId: 'request-1',
        outcome: 'succeeded',
        durationMilliseconds: expect.any(Number),
      },
    ]);
  });

  it('passes on a task error by name and message, without the stack of this machine', async () => {
    const { TaskError } = await import('../../src/tasks/task-error.ts');
    const error = await thrownBy(new TaskError('GreetRefused', 'Greet: nobody is there; come back'));
    expect(error).toMatchObject({ name: 'GreetRefused', message: 'Greet: nobody is there; come back' });
    expect(error.stack).toBe('GreetRefused: Greet: nobody is there; come back');
    expect(error.cause).toBeUndefined();
    expect(logged.map((line) => (JSON.parse(line) as { outcome: string }).outcome)).toEqual(['GreetRefused']);
  });

  it('keeps only the name and the request of any other error, since its message may hold a key', async () => {
    const error = Object.assign(new Error('no item with key 078-05-1120'), {
      name: 'ValidationException',
      $metadata: { requestId: 'ABC123' },
    });
    const thrown = await thrownBy(error);
    expect(thrown).toMatchObject({
      name: 'ValidationException',
      message: 'Greet failed with ValidationException (AWS request ABC123)',
    });
    expect(`${thrown.stack}${logged.join('')}`).not.toContain('078-05-1120');
  });

  it('says what helps against a right that its role lacks', async () => {
    const error = Object.assign(new Error('user x may not'), { name: 'AccessDeniedException' });
    const { message } = await thrownBy(error);
    expect(message).toMatch(/^Greet failed with AccessDeniedException; .*deploy the recovery system again/);
  });

  it('survives what is thrown without being an error', async () => {
    await expect(thrownBy('078-05-1120')).resolves.toMatchObject({
      name: 'Error',
      message: 'Greet failed with Error',
    });
  });

  it('does not log what an input without an incident holds instead', async () => {
    const handler = await entry(answers);
    await expect(handler({ incidentId: 'NOT AN ID' }, context)).rejects.toMatchObject({
      name: 'InvalidInput',
    });
    expect(logged.join('')).not.toContain('NOT AN ID');
  });

  it.each([
    ['is not set', ''],
    ['is no JSON', '{'],
    ['functions: Invalid input', JSON.stringify({ ...SYSTEM, functions: undefined })],
  ])('refuses to work when REWIND_SYSTEM %s', async (fault, value) => {
    vi.stubEnv('REWIND_SYSTEM', value);
    const handler = await entry(answers);
    await expect(handler(payload, context)).rejects.toMatchObject({
      name: 'InvalidConfiguration',
      message: expect.stringContaining(`REWIND_SYSTEM: ${fault}`),
    });
  });
});
