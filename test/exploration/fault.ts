/**
 * What may befall a call:
 * - `refused`: an error that no repetition helps, with nothing done
 * - `throttled`: refused once, in passing
 * - `apply-lost`: done, but the connection broke before the answer, more often than the SDK tries
 * - `slow`: done, but answered too late for the client, which sends it again after its timeout
 * - `hung`: done, but never answered, so that the Lambda function or the task runs out of time
 * - `killed`: done, and the Lambda function dies before it hears of it
 * - `partial`: DynamoDB leaves the last item of a batch unprocessed
 * - `stopped`: the operator stops the execution; what a function is doing, it does to its end
 * - `orphaned`: stopped so while a call is under way that is done, but answered too late, so that it is sent again
 * - `abandoned`: the connection to a Lambda function breaks, Step Functions invokes it again, and the first one goes on
 * - `rival`: somebody starts another recovery in this moment
 * - `intruder`: somebody who is no function writes to a table in this moment
 */
export const FAULT_KINDS = [
  'refused',
  'throttled',
  'apply-lost',
  'slow',
  'hung',
  'killed',
  'partial',
  'stopped',
  'orphaned',
  'abandoned',
  'rival',
  'intruder',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A call by its operation and how many of that operation there were before it, itself counted: `PutItem#3`. */
export interface CallName {
  readonly operation: string;
  readonly number: number;
}

/** Who makes a call: a task's handler, the state machine by an SDK integration, or the machine by invoking a task. */
export type Maker = 'handler' | 'machine' | 'invoke';

export interface MadeCall extends CallName {
  readonly maker: Maker;
}

export interface Fault extends CallName {
  readonly kind: FaultKind;
}

const ANYWHERE: readonly FaultKind[] = ['refused', 'throttled', 'apply-lost'];

/** The kinds of faults that can strike each maker's calls, the intruder left out: nothing but a write fence stops it. */
const KINDS_OF: Readonly<Record<Maker, readonly FaultKind[]>> = {
  handler: [...ANYWHERE, 'slow', 'hung', 'killed', 'stopped', 'orphaned', 'rival'],
  machine: [...ANYWHERE, 'hung', 'stopped', 'rival'],
  invoke: [...ANYWHERE, 'abandoned'],
};

/** Every fault that one call may meet. */
export function faultsAt({ operation, number, maker }: MadeCall): Fault[] {
  const kinds = operation.startsWith('Batch') ? [...KINDS_OF[maker], 'partial' as const] : KINDS_OF[maker];
  return kinds.map((kind) => ({ kind, operation, number }));
}

/** `apply-lost@BatchWriteItem#3` */
export const faultText = ({ kind, operation, number }: Fault): string => `${kind}@${operation}#${number}`;

/** @throws Error when the text is no fault, with what one looks like. */
export function parseFault(text: string): Fault {
  const [, kind, operation = '', number] = /^([a-z-]+)@([\w:]+)#([1-9]\d*)$/.exec(text) ?? [];
  const known = FAULT_KINDS.find((each) => each === kind);
  if (known === undefined)
    throw new Error(
      `'${text}' is no fault; write one like apply-lost@BatchWriteItem#3, with one of ${FAULT_KINDS.join(', ')}`,
    );
  return { kind: known, operation, number: Number(number) };
}
