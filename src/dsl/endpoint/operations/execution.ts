import { checkExecutionArn } from '../arn.ts';
import type { ExecutionBody, ExecutionRecord } from '../executions/execution-record.ts';
import type { Service } from '../service.ts';
import { ServiceError } from '../service-error.ts';

export const typeNotSupported = (): ServiceError =>
  new ServiceError(
    'StateMachineTypeNotSupported',
    'This operation is not supported by this type of state machine',
  );

/** @throws ServiceError InvalidArn, ExecutionDoesNotExist */
export function findExecution(arn: string, service: Service): ExecutionRecord {
  checkExecutionArn(arn);
  const record = service.executions.find(arn);
  if (record !== undefined) return record;
  throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

/** What lists and descriptions have in common. */
export function describe(record: ExecutionRecord): object {
  const { arn, machineArn, name, status, startDate, stopDate, redriveCount, redriveDate } = record;
  const { mapRunArn, versionArn, aliasArn } = record;
  return {
    executionArn: arn,
    stateMachineArn: machineArn,
    name,
    status,
    startDate: new Date(startDate),
    ...(stopDate === undefined ? {} : { stopDate: new Date(stopDate) }),
    ...(mapRunArn === undefined ? {} : { mapRunArn }),
    ...(versionArn === undefined ? {} : { stateMachineVersionArn: versionArn }),
    ...(aliasArn === undefined ? {} : { stateMachineAliasArn: aliasArn }),
    redriveCount,
    ...(redriveDate === undefined ? {} : { redriveDate: new Date(redriveDate) }),
  };
}

/** Input or output, and whether it is there. */
export function dataOf(member: 'input' | 'output', text: string | undefined, shown: boolean): object {
  if (text === undefined) return {};
  return { ...(shown ? { [member]: text } : {}), [`${member}Details`]: { included: shown } };
}

export const failureOf = ({ error, cause }: ExecutionBody): object => ({
  ...(error === undefined ? {} : { error }),
  ...(cause === undefined ? {} : { cause }),
});
