import { AwsError, unknownOperation } from '../aws-error.ts';
import type { Fields, JsonRpcService } from '../json-rpc.ts';

/** What is known of an execution. */
export interface KnownExecution {
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
  readonly startDate?: Date;
  readonly stopDate?: Date;
  readonly input?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Tells of an execution by its ARN; undefined when there is none. */
export type DescribeExecution = (
  executionArn: string,
) => KnownExecution | undefined | Promise<KnownExecution | undefined>;

/** Step Functions, as far as a task of a workflow asks it: is that execution still alive? */
export class StepFunctions implements JsonRpcService {
  readonly name = 'StepFunctions';
  readonly errorPrefix = '';
  readonly #describe: DescribeExecution;

  constructor(describe: DescribeExecution) {
    this.#describe = describe;
  }

  async call(operation: string, input: Fields): Promise<Fields> {
    if (operation !== 'DescribeExecution') throw unknownOperation(`StepFunctions.${operation}`);
    const arn = String(input['executionArn']);
    const known = await this.#describe(arn);
    if (known === undefined)
      throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    const [stateMachine, name] = splitLast(arn.replace(':execution:', ':stateMachine:'));
    return {
      ...known,
      executionArn: arn,
      stateMachineArn: stateMachine,
      name,
      ...(known.startDate !== undefined && { startDate: known.startDate.getTime() / 1000 }),
      ...(known.stopDate !== undefined && { stopDate: known.stopDate.getTime() / 1000 }),
    };
  }
}

function splitLast(arn: string): [string, string] {
  const colon = arn.lastIndexOf(':');
  return [arn.slice(0, colon), arn.slice(colon + 1)];
}
