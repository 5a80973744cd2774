import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DeleteFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import type { Environment, Service } from '../../src/tasks/handler.ts';
import { EVERY_ITEM } from '../../src/tasks/selection/selection-mark.ts';
import { TaskError } from '../../src/tasks/task-error.ts';
import { awsError } from '../support/lambda-application.ts';
import { sensitiveItem } from '../support/sensitive-items.ts';
import type { Variant } from './disaster.ts';
import type { Event, Remedy } from './explore.ts';
import type { Twin } from './explored-world.ts';
import type { FaultKind } from './fault.ts';
import type { Invariant } from './witness.ts';

/** A recovery with one mistake in it, and the invariant that must tell of it. */
export interface BrokenTwin {
  readonly twin: Twin;
  readonly invariant: Invariant;
  readonly variant?: Variant;
  /** What has to strike for the mistake to show, at any call of an operation; default nothing. */
  readonly strike?: { readonly kind: FaultKind; readonly operation: string };
  /** Default nothing. */
  readonly meanwhile?: readonly Event[];
  /** Default a second run. */
  readonly remedy?: Remedy;
}

type Command = { readonly input: Record<string, unknown> };
type Send = (command: Command) => Promise<Record<string, unknown>>;

/** A twin that differs in one task. */
const inTask =
  (name: string, twin: Twin): Twin =>
  (handler, payload, environment) =>
    handler.task.taskName === name ? twin(handler, payload, environment) : handler(payload, environment);

/** An environment whose calls of one service go another way. */
function through(
  environment: Environment<Service>,
  service: 'dynamodb' | 'lambda',
  send: (operation: string, command: Command, real: Send) => Promise<unknown>,
): Environment<Service> {
  const client = environment[service] as unknown as { send: Send };
  const real: Send = (command) => client.send(command);
  const other = {
    send: (command: Command) => send(command.constructor.name.replace(/Command$/, ''), command, real),
  };
  return { ...environment, [service]: other };
}

const sortKey = ({ Item }: Record<string, unknown>): string => (Item as { sk?: { S?: string } }).sk?.S ?? '';
const partition = (key: unknown): string | undefined => (key as { pk?: { S?: string } } | undefined)?.pk?.S;

/** A thaw that does not know of one function. */
const forgetfulThaw: Twin = (handler, payload, environment) =>
  handler(
    payload,
    through(environment, 'dynamodb', async (operation, command, real) => {
      const answer = await real(command);
      if (operation !== 'Query') return answer;
      const items = answer.Items as { sk?: { S?: string } }[];
      return { ...answer, Items: items.filter(({ sk }) => sk?.S !== 'function#shop-mail') };
    }),
  );

/** A freeze that writes down what a function was when it has changed it. */
const lateRecord: Twin = (handler, payload, environment) => {
  const owed = new Map<string, () => Promise<unknown>>();
  const late = through(environment, 'dynamodb', (operation, command, real) => {
    const before = (command.input.Item as { before?: { N?: string } } | undefined)?.before?.N;
    const isNeeded =
      operation === 'PutItem' && sortKey(command.input).startsWith('function#') && before !== '0';
    if (!isNeeded) return real(command);
    owed.set(sortKey(command.input), () => real(command));
    return Promise.resolve({});
  });
  return handler(
    payload,
    through(late, 'lambda', async (_operation, command, real) => {
      const answer = await real(command);
      await owed.get(`function#${String(command.input.FunctionName)}`)?.();
      return answer;
    }),
  );
};

/** A freeze that looks only once: what appears later stays. */
const noSweep: Twin = async (handler, payload, environment) => {
  const { sweep, ...first } = payload as { sweep?: boolean };
  if (sweep !== true) return handler(first, environment);
  return {
    functions: 3,
    alreadyAtZero: 1,
    eventSourceMappings: 2,
    writeFences: 0,
    changed: 0,
    atRestFrom: new Date(0).toISOString(),
    longestTimeoutSeconds: 120,
    frozenAt: new Date(environment.clock.now()).toISOString(),
  };
};

/** A sweep that tells only of what it has changed itself, not of what one that died before it has. */
const shortMemory: Twin = async (handler, payload, environment) => {
  const { since: _since, ...rest } = payload as { since?: string };
  const result = (await handler(rest, environment)) as { changed: number };
  return result.changed > 0 ? result : { ...result, atRestFrom: new Date(0).toISOString() };
};

/** A freeze that does not let running invocations end. */
const noDrain: Twin = async (handler, payload, environment) => ({
  ...((await handler(payload, environment)) as object),
  longestTimeoutSeconds: 0,
  atRestFrom: new Date(0).toISOString(),
});

/** A freeze that asks for `$LATEST` alone. */
const versionless: Twin = (handler, payload, environment) =>
  handler(
    payload,
    through(environment, 'lambda', (operation, command, real) => {
      if (operation === 'ListFunctions') delete command.input.FunctionVersion;
      return real(command);
    }),
  );

/** A gate that does not wait until the damage can be restored. */
const impatientGate: Twin = async (handler, payload, environment) => ({
  ...((await handler(payload, environment)) as object),
  ready: true,
});

/** A gate that waits for ever. */
const patientGate: Twin = async (handler, payload, environment) => ({
  ...((await handler(payload, environment)) as object),
  ready: false,
});

/** A reset that believes everything of a batch to be written, with a proof that does not look. */
const heedless: Twin = async (handler, payload, environment) => {
  const { taskName } = handler.task;
  if (taskName === 'CompareTables') return agreement();
  if (taskName !== 'ResetSegment') return handler(payload, environment);
  return handler(
    payload,
    through(environment, 'dynamodb', async (operation, command, real) => {
      const answer = await real(command);
      return operation === 'BatchWriteItem' ? { ...answer, UnprocessedItems: {} } : answer;
    }),
  );
};

const agreement = () => ({ items: 4, expired: 0, readUnits: 4, digest: 'ab'.repeat(32) });

/** A reset that fails in DynamoDB's own words. */
const quotingReset: Twin = (handler, payload, environment) =>
  handler(payload, environment).catch(() => {
    throw new TaskError('ResetRefused', `cannot write ${JSON.stringify(sensitiveItem(12))}`);
  });

/** A lock that lets everybody in. */
const openLock: Twin = (handler, payload, environment) =>
  handler(
    payload,
    through(environment, 'dynamodb', (operation, command, real) => {
      const { Key, Item } = command.input;
      if (operation === 'GetItem' && partition(Key) === 'lock') return Promise.resolve({});
      if (operation === 'PutItem' && partition(Item) === 'lock') delete command.input.ConditionExpression;
      return real(command);
    }),
  );

/** A new run that lets a proof count which it is to make anew. */
const standingProof: Twin = (handler, payload, environment) =>
  handler(
    payload,
    through(environment, 'dynamodb', (operation, command, real) =>
      operation === 'UpdateItem' && String(command.input.UpdateExpression).includes('verifiedAt')
        ? Promise.reject(awsError('ConditionalCheckFailedException', 'not withdrawn'))
        : real(command),
    ),
  );

/** A thaw that raises what it has never frozen. */
const sweepingThaw: Twin = async (handler, payload, environment) => {
  const result = await handler(payload, environment);
  await environment.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'blog-posts' }));
  return result;
};

/** A thaw that says that it is done, and takes the mark away, when it has begun. */
const lyingThaw: Twin = async (handler, payload, environment) => {
  const nothing = (_operation: string, command: Command, real: Send) =>
    command.constructor.name === 'QueryCommand' ? Promise.resolve({ Items: [] }) : real(command);
  return handler(payload, through(environment, 'dynamodb', nothing));
};

/** One that does not say that it is at work, so that nobody waits for it. */
const unseen: Twin = (handler, payload, environment) =>
  handler(
    payload,
    through(environment, 'dynamodb', (operation, command, real) =>
      operation === 'PutItem' && sortKey(command.input).startsWith('active#')
        ? Promise.resolve({})
        : real(command),
    ),
  );

/** A plan and a reset that do not heed what is asked for, with a proof that does not look. */
const greedy: Twin = async (handler, payload, environment) => {
  const { taskName } = handler.task;
  if (taskName === 'CompareTables') return agreement();
  const isReset = taskName === 'ResetSegment';
  return handler(isReset ? { ...(payload as object), selection: EVERY_ITEM } : payload, environment);
};

/** An end of a run that finds nothing to forget. */
const keepsSelections: Twin = (handler, payload, environment) =>
  handler(
    payload,
    through(environment, 'dynamodb', (operation, command, real) =>
      operation === 'Query' ? Promise.resolve({ Items: [] }) : real(command),
    ),
  );

/** A run that finishes another one and has every copy deleted. */
const copiesForgotten: Twin = async (handler, payload, environment) => {
  const { isProven } = (await handler(payload, environment)) as { isProven: boolean };
  const { TableNames = [] } = await environment.dynamodb.send(new ListTablesCommand({}));
  return { isProven, copies: isProven ? TableNames.filter((name) => name.startsWith('rewind-')) : [] };
};

export const BROKEN_TWINS: Readonly<Record<string, BrokenTwin>> = {
  'a thaw that forgets one function': { twin: inTask('Thaw', forgetfulThaw), invariant: 'S1' },
  'a freeze that writes down what was when it has changed it': {
    twin: inTask('Freeze', lateRecord),
    invariant: 'S1',
    strike: { kind: 'killed', operation: 'PutFunctionConcurrency' },
  },
  'a reset that ignores what was left unprocessed, with a proof that always agrees': {
    twin: heedless,
    invariant: 'S1',
    strike: { kind: 'partial', operation: 'BatchWriteItem' },
  },
  'a proof that always agrees': {
    twin: inTask('CompareTables', async () => agreement()),
    invariant: 'S1',
    strike: { kind: 'intruder', operation: 'Invoke:VerifySegment' },
  },
  'an undo that only says so': {
    twin: inTask('Thaw', lyingThaw),
    invariant: 'S2',
    strike: { kind: 'refused', operation: 'RestoreTableToPointInTime' },
  },
  'a sweep that is skipped': { twin: inTask('Freeze', noSweep), invariant: 'S3' },
  'a drain that does not wait': { twin: inTask('Freeze', noDrain), invariant: 'S3', variant: 'hasty' },
  'a drain that knows no published version': {
    twin: inTask('Freeze', versionless),
    invariant: 'S3',
    variant: 'hasty',
  },
  'a thaw that raises what it has not frozen': { twin: inTask('Thaw', sweepingThaw), invariant: 'S4' },
  'a gate that does not wait': {
    twin: inTask('CheckUndoable', impatientGate),
    invariant: 'S5',
    variant: 'hasty',
  },
  'a sweep that forgets what a dead one has changed': {
    twin: inTask('Freeze', shortMemory),
    invariant: 'S5',
    strike: { kind: 'killed', operation: 'PutFunctionConcurrency' },
  },
  'an error that quotes an item': {
    twin: inTask('ResetSegment', quotingReset),
    invariant: 'S6',
    strike: { kind: 'refused', operation: 'Scan' },
  },
  'a lock that never refuses': {
    twin: openLock,
    invariant: 'S7',
    strike: { kind: 'rival', operation: 'Invoke:Freeze' },
  },
  'a reset that does not say that it is at work': {
    twin: inTask('ResetSegment', unseen),
    invariant: 'S3',
    strike: { kind: 'orphaned', operation: 'BatchWriteItem' },
    remedy: 'redrive',
  },
  'a reset of all that is asked for a part': { twin: greedy, invariant: 'S1', variant: 'selective' },
  'an end that leaves what was selected in the ledger': {
    twin: inTask('ReleaseLock', keepsSelections),
    invariant: 'S1',
    variant: 'selective',
  },
  'a finishing run that deletes the copies that are to be kept': {
    twin: inTask('FindProof', copiesForgotten),
    invariant: 'S1',
    variant: 'selective',
    strike: { kind: 'stopped', operation: 'EnableRule' },
  },
  'a copy of a sensitive table that is not protected': {
    twin: inTask('ProtectCopy', async () => ({ protected: true })),
    invariant: 'S6',
    variant: 'sensitive',
  },
  'a proof that counts though a later run has refused its tables': {
    twin: inTask('AcquireLock', standingProof),
    invariant: 'S1',
    strike: { kind: 'refused', operation: 'Invoke:Thaw' },
    meanwhile: ['write', 'strict-run'],
  },
  'a gate that never opens': { twin: inTask('CheckUndoable', patientGate), invariant: 'L1' },
};
