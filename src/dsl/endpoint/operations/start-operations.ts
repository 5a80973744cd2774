import * as z from 'zod';
import { startedReference } from '../arn.ts';
import { operation } from '../operation.ts';
import * as part from '../request-parts.ts';
import { dataOf, failureOf, typeNotSupported } from './execution.ts';
import { startExecution } from './start-execution.ts';

const start = z.strictObject({
  stateMachineArn: part.arn,
  name: part.name.optional(),
  input: part.payload.optional(),
  traceHeader: part.traceHeader,
});

export const StartExecution = operation(start, (request, service) => {
  const { arn, startDate } = startExecution(request, service).record;
  return { executionArn: arn, startDate: new Date(startDate) };
});

export const StartSyncExecution = operation(
  start.extend({ includedData: part.includedData }),
  async ({ includedData, ...request }, service, { signal }) => {
    const { arn } = startedReference(request.stateMachineArn);
    if (service.catalog.machine(arn)?.type === 'STANDARD') throw typeNotSupported();
    const { record, live } = startExecution(request, service);
    signal.addEventListener('abort', () => live.stop());
    const { body = { input: request.input ?? '{}', events: [] } } = await live.ended;
    const { startDate, stopDate = startDate, traceHeader } = record;
    const shown = includedData !== 'METADATA_ONLY';
    return {
      executionArn: record.arn,
      stateMachineArn: request.stateMachineArn,
      name: record.name,
      startDate: new Date(startDate),
      stopDate: new Date(stopDate),
      // The API knows no other: an Express execution cannot be stopped by anybody else.
      status: record.status === 'ABORTED' ? 'FAILED' : record.status,
      ...failureOf(body),
      ...dataOf('input', body.input, shown),
      ...dataOf('output', body.output, shown),
      ...(traceHeader === undefined ? {} : { traceHeader }),
      billingDetails: {
        billedMemoryUsedInMB: 64,
        // In steps of 100 milliseconds. Source: "AWS Step Functions pricing", Express Workflows.
        billedDurationInMilliseconds: Math.max(100, Math.ceil((stopDate - startDate) / 100) * 100),
      },
    };
  },
);
