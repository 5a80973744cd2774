import { StateFailure } from '../../src/dsl/simulator/state-failure.ts';
import { awsError } from '../support/lambda-application.ts';
import { sensitiveItem } from '../support/sensitive-items.ts';
import type { Fault, MadeCall, Maker } from './fault.ts';
import type { Invocation } from './invocation.ts';

/** A call that is about to be made. */
export interface Attempt {
  readonly operation: string;
  readonly maker: Maker;
  /** As Step Functions prefixes the service's errors: `DynamoDb`. */
  readonly service: string;
  readonly input: unknown;
  /** Of the handler that makes it. */
  readonly invocation?: Invocation;
}

type Perform = () => Promise<unknown>;

/** Until the SDK gives a request up and sends it again (src/tasks/client-settings.ts). */
const CLIENT_TIMEOUT_MILLISECONDS = 10_000;

/** Numbers every call, and has faults strike the ones that are named. */
export class Trouble {
  /** Every call that was made, in order. */
  readonly made: MadeCall[] = [];
  /** The faults that have struck. */
  readonly struck: Fault[] = [];
  /** What the operator, others who start recoveries, and others who write do when it is time. */
  readonly people = { stop: (): void => {}, startRival: (): void => {}, write: (): void => {} };
  readonly #faults: readonly Fault[];
  readonly #latency: () => number;
  readonly #counts = new Map<string, number>();

  /** @param latency how many milliseconds the next call of a handler takes. */
  constructor(faults: readonly Fault[], latency: () => number) {
    this.#faults = faults;
    this.#latency = latency;
  }

  /** Makes a call, or lets it meet its fault. */
  async make(attempt: Attempt, perform: Perform): Promise<unknown> {
    const { operation, maker, invocation } = attempt;
    const number = (this.#counts.get(operation) ?? 0) + 1;
    this.#counts.set(operation, number);
    this.made.push({ operation, number, maker });
    const fault = this.#faults.find((each) => each.operation === operation && each.number === number);
    await invocation?.live();
    await invocation?.wait(this.#latency());
    if (fault === undefined) return perform();
    this.struck.push(fault);
    return this.#strike(fault, attempt, perform);
  }

  async #strike({ kind }: Fault, attempt: Attempt, perform: Perform): Promise<unknown> {
    const { invocation } = attempt;
    const done = () => perform().catch(() => undefined);
    switch (kind) {
      case 'refused':
        throw refusal(attempt);
      case 'throttled':
        throw throttling(attempt);
      case 'apply-lost':
        await done();
        throw lostAnswer(attempt);
      case 'slow':
        await done();
        await invocation?.wait(CLIENT_TIMEOUT_MILLISECONDS);
        return perform();
      case 'hung':
        await done();
        await invocation?.hang();
        throw new StateFailure('States.Timeout');
      case 'killed':
        await done();
        invocation?.die('Lambda.Unknown');
        return invocation?.live();
      case 'partial':
        return partly(attempt, perform);
      case 'stopped':
        this.people.stop();
        return perform();
      case 'orphaned':
        this.people.stop();
        await done();
        await invocation?.wait(CLIENT_TIMEOUT_MILLISECONDS);
        return perform();
      case 'abandoned':
        void done();
        throw lostAnswer(attempt);
      case 'rival':
        this.people.startRival();
        return perform();
      case 'intruder':
        this.people.write();
        return perform();
    }
  }
}

/** DynamoDB's own words quote what they refuse. */
function refusal({ maker, service, operation, input }: Attempt): Error {
  if (maker === 'invoke') return new StateFailure('Lambda.ResourceNotFoundException', 'no such function');
  const quoted = /Scan|Batch/.test(operation) ? [input, sensitiveItem(12)] : input;
  return awsError(
    'AccessDeniedException',
    `not allowed: ${service === 'DynamoDb' ? JSON.stringify(quoted) : operation}`,
  );
}

function throttling({ maker, service }: Attempt): Error {
  if (maker === 'invoke') return new StateFailure('Lambda.TooManyRequestsException', 'Rate Exceeded.');
  if (service === 'Sns') return new StateFailure('SNS.ThrottledException', 'Rate exceeded');
  const name = service === 'Lambda' ? 'TooManyRequestsException' : 'ThrottlingException';
  return awsError(name, 'Rate exceeded');
}

function lostAnswer({ maker, service }: Attempt): Error {
  // As Node's HTTP handler of the SDK names what it gives up.
  if (maker === 'handler')
    return Object.assign(awsError('TimeoutError', 'read ECONNRESET'), { code: 'ECONNRESET' });
  return new StateFailure(
    `${maker === 'invoke' ? 'Lambda' : service}.SdkClientException`,
    'connection reset',
  );
}

/** Has all but the last item of a batch done. */
async function partly({ operation, input }: Attempt, perform: Perform): Promise<unknown> {
  const { RequestItems } = input as { RequestItems: Record<string, object> };
  const [[table, asked]] = Object.entries(RequestItems) as [[string, unknown[] & { Keys?: unknown[] }]];
  const all = asked.Keys ?? asked;
  const left = all.pop();
  const answer = all.length === 0 ? {} : ((await perform()) as object);
  all.push(left);
  if (operation === 'BatchWriteItem') return { ...answer, UnprocessedItems: { [table]: [left] } };
  return { Responses: { [table]: [] }, ...answer, UnprocessedKeys: { [table]: { Keys: [left] } } };
}
