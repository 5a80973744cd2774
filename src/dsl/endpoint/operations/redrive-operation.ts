import * as z from 'zod';
import type { ExecutionRecord } from '../executions/execution-record.ts';
import { operation } from '../operation.ts';
import * as part from '../request-parts.ts';
import type { Service } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { findExecution } from './execution.ts';

/** Client tokens that are remembered. Source: API reference, RedriveExecution, `clientToken`. */
const mostTokens = 10;

/** The dates of an execution's redrives by their client tokens, the oldest first. */
const redrives = new WeakMap<ExecutionRecord, ReadonlyMap<string, number>>();

/** With a client token that has redriven the execution it answers as that one did, and redrives nothing. */
export const RedriveExecution = operation(
  z.strictObject({
    executionArn: part.arn,
    clientToken: z
      .string()
      .min(1)
      .max(64)
      .regex(/^[!-~]+$/)
      .optional(),
  }),
  ({ executionArn, clientToken = '' }, service) => {
    const record = findExecution(executionArn, service);
    const known = redrives.get(record) ?? new Map<string, number>();
    const redriveDate = known.get(clientToken) ?? redrive(record, service);
    if (clientToken !== '' && !known.has(clientToken))
      redrives.set(record, new Map([...known, [clientToken, redriveDate] as const].slice(-mostTokens)));
    return { redriveDate: new Date(redriveDate) };
  },
);

/** Answers with the date. @throws ServiceError ExecutionNotRedrivable */
function redrive(record: ExecutionRecord, service: Service): number {
  const { redriveStatus, redriveStatusReason } = service.redriveStatusOf(record);
  if (redriveStatus === 'REDRIVABLE_BY_MAP_RUN')
    throw notRedrivable('Execution is a child of a Map Run, and is redriven with it');
  if (redriveStatus !== 'REDRIVABLE')
    throw notRedrivable(redriveStatusReason ?? 'Execution cannot be redriven');
  service.redrive(record);
  return record.redriveDate ?? service.now();
}

const notRedrivable = (why: string): ServiceError => new ServiceError('ExecutionNotRedrivable', why);

/** What a description tells of an execution's redrives. */
export function redriveMembers(record: ExecutionRecord, service: Service): object {
  const { redriveStatus, redriveStatusReason } = service.redriveStatusOf(record);
  return { redriveStatus, ...(redriveStatusReason === undefined ? {} : { redriveStatusReason }) };
}
