import * as z from 'zod';
import { operation } from '../operation.ts';
import * as part from '../request-parts.ts';
import { dataOf, describe, failureOf, findExecution } from './execution.ts';
import { redriveMembers } from './redrive-operation.ts';
import { describeRevision } from './state-machine.ts';

export const DescribeExecution = operation(
  z.strictObject({ executionArn: part.arn, includedData: part.includedData }),
  ({ executionArn, includedData }, service) => {
    const record = findExecution(executionArn, service);
    const body = service.executions.body(record);
    const shown = includedData !== 'METADATA_ONLY';
    const { traceHeader } = record;
    return {
      ...describe(record),
      ...dataOf('input', body.input, shown),
      ...dataOf('output', body.output, shown),
      ...failureOf(body),
      ...(traceHeader === undefined ? {} : { traceHeader }),
      ...redriveMembers(record, service),
    };
  },
);

export const DescribeStateMachineForExecution = operation(
  z.strictObject({ executionArn: part.arn, includedData: part.includedData }),
  ({ executionArn, includedData }, service) => {
    const { revision, machineArn, mapRunArn } = findExecution(executionArn, service);
    return {
      stateMachineArn: machineArn,
      name: machineArn.slice(machineArn.lastIndexOf(':') + 1),
      ...describeRevision(revision, includedData !== 'METADATA_ONLY'),
      updateDate: new Date(revision.updateDate),
      ...(mapRunArn === undefined
        ? {}
        : { mapRunArn, label: machineArn.slice(machineArn.lastIndexOf('/') + 1) }),
    };
  },
);

export const StopExecution = operation(
  z.strictObject({ executionArn: part.arn, error: part.errorName, cause: part.cause }),
  ({ executionArn, error, cause }, service) => {
    const record = findExecution(executionArn, service);
    service.executions.live(executionArn)?.stop(error, cause);
    return { stopDate: new Date(record.stopDate ?? service.now()) };
  },
);
