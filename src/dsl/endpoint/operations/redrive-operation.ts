import * as z from 'zod';
import type { ExecutionRecord } from '../executions/execution-record.ts';
import { operation } from '../operation.ts';
import * as part from '../request-parts.ts';
import type { Service } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { findExecution } from './execution.ts';

/** The client tokens that executions were last redriven with. */
const clientTokens = new WeakMap<ExecutionRecord, string>();

/** With the client token of the last redrive it answers as that one did, and redrives nothing. */
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
  ({ executionArn, clientToken }, service) => {
    const record = findExecution(executionArn, service);
    if (clientToken === undefined || clientTokens.get(record) !== clientToken) redrive(record, service);
    if (clientToken !== undefined) clientTokens.set(record, clientToken);
    return { redriveDate: new Date(record.redriveDate ?? service.now()) };
  },
);

/** @throws ServiceError ExecutionNotRedrivable */
function redrive(record: ExecutionRecord, service: Service): void {
  const { redriveStatus, redriveStatusReason } = service.redriveStatusOf(record);
  if (redriveStatus === 'REDRIVABLE_BY_MAP_RUN')
    throw notRedrivable('Execution is a child of a Map Run, and is redriven with it');
  if (redriveStatus !== 'REDRIVABLE')
    throw notRedrivable(redriveStatusReason ?? 'Execution cannot be redriven');
  service.redrive(record);
}

const notRedrivable = (why: string): ServiceError => new ServiceError('ExecutionNotRedrivable', why);

/** What a description tells of an execution's redrives. */
export function redriveMembers(record: ExecutionRecord, service: Service): object {
  const { redriveStatus, redriveStatusReason } = service.redriveStatusOf(record);
  return { redriveStatus, ...(redriveStatusReason === undefined ? {} : { redriveStatusReason }) };
}
