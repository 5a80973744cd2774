import * as z from 'zod';
import { checkMapRunArn, stateMachineReference } from '../arn.ts';
import type { ExecutionRecord } from '../executions/execution-record.ts';
import { operation } from '../operation.ts';
import { pageSize, placeOf, tokenFor } from '../paging.ts';
import * as part from '../request-parts.ts';
import type { Service } from '../service.ts';
import { invalid, ServiceError } from '../service-error.ts';
import { describe, typeNotSupported } from './execution.ts';
import { noMachine } from './start-execution.ts';

export const ListExecutions = operation(
  z.strictObject({
    stateMachineArn: part.arn.optional(),
    mapRunArn: part.longArn.optional(),
    statusFilter: z
      .enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'])
      .optional(),
    redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).optional(),
    ...part.paging,
  }),
  ({ stateMachineArn, mapRunArn, statusFilter, redriveFilter, ...paging }, service) => {
    const { owner, belongs } = listOwner({ stateMachineArn, mapRunArn }, service);
    // Source: API reference, ListExecutions, `statusFilter`.
    if (statusFilter === 'PENDING_REDRIVE' && mapRunArn === undefined)
      throw invalid('The status filter PENDING_REDRIVE is for the executions of a Map Run, by its mapRunArn');
    const question = JSON.stringify([stateMachineArn, mapRunArn, statusFilter, redriveFilter]);
    const size = pageSize(paging);
    const executions: object[] = [];
    for (const { record, order } of service.executions.list(owner, placeOf(paging, question))) {
      const redriven = record.redriveCount > 0 ? 'REDRIVEN' : 'NOT_REDRIVEN';
      if (statusFilter !== undefined && record.status !== statusFilter) continue;
      if ((redriveFilter !== undefined && redriven !== redriveFilter) || !belongs(record)) continue;
      if (executions.length === size) return { executions, nextToken: tokenFor(order + 1, question) };
      const { itemCount } = record;
      executions.push({ ...describe(record), ...(itemCount === undefined ? {} : { itemCount }) });
    }
    return { executions };
  },
);

interface ListQuestion {
  readonly stateMachineArn: string | undefined;
  readonly mapRunArn: string | undefined;
}

/** Whose executions are listed, and which of them. */
function listOwner({ stateMachineArn, mapRunArn }: ListQuestion, service: Service) {
  if ((stateMachineArn === undefined) === (mapRunArn === undefined))
    throw invalid('Must provide a StateMachine ARN or MapRun ARN', 'MISSING_REQUIRED_PARAMETER');
  if (mapRunArn !== undefined) {
    checkMapRunArn(mapRunArn);
    if (service.executions.mapRun(mapRunArn) === undefined)
      throw new ServiceError('ResourceNotFound', `Resource not found: '${mapRunArn}'`, {
        resourceName: mapRunArn,
      });
    return { owner: mapRunArn, belongs: () => true };
  }
  const reference = stateMachineReference(stateMachineArn as string);
  const machine = service.catalog.machine(reference.arn);
  if (machine === undefined) throw noMachine(stateMachineArn as string);
  if (machine.type === 'EXPRESS') throw typeNotSupported();
  const { qualifier } = reference;
  return {
    owner: reference.arn,
    belongs: ({ versionArn, aliasArn }: ExecutionRecord) =>
      qualifier === undefined || versionArn === stateMachineArn || aliasArn === stateMachineArn,
  };
}
