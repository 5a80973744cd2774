import * as z from 'zod';
import { checkMapRunArn } from '../arn.ts';
import type { MapRunRecord } from '../executions/map-run-record.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../paging.ts';
import * as part from '../request-parts.ts';
import type { Service } from '../service.ts';
import { invalid, ServiceError } from '../service-error.ts';
import { findExecution } from './execution.ts';

/** The newest first. */
export const ListMapRuns = operation(
  z.strictObject({ executionArn: part.arn, ...part.paging }),
  ({ executionArn, ...paging }, service) => {
    findExecution(executionArn, service);
    const runs = service.executions.mapRunsOf(executionArn);
    const { page, ...more } = pageOf(runs, paging, `map runs of ${executionArn}`);
    return {
      mapRuns: page.map(({ mapRunArn, stateMachineArn, startDate, stopDate }) => ({
        executionArn,
        mapRunArn,
        stateMachineArn,
        startDate: new Date(startDate),
        ...(stopDate === undefined ? {} : { stopDate: new Date(stopDate) }),
      })),
      ...more,
    };
  },
);

export const DescribeMapRun = operation(
  z.strictObject({ mapRunArn: part.longArn }),
  ({ mapRunArn }, service) => {
    const {
      startDate,
      stopDate,
      redriveDate,
      stateMachineArn: _machine,
      ...told
    } = findMapRun(mapRunArn, service);
    return {
      ...told,
      startDate: new Date(startDate),
      ...(stopDate === undefined ? {} : { stopDate: new Date(stopDate) }),
      ...(redriveDate === undefined ? {} : { redriveDate: new Date(redriveDate) }),
    };
  },
);

/** Takes effect when the next child ends. */
export const UpdateMapRun = operation(
  z.strictObject({
    mapRunArn: part.longArn,
    maxConcurrency: z.int().min(0).optional(),
    toleratedFailurePercentage: z.number().min(0).max(100).optional(),
    toleratedFailureCount: z.int().min(0).optional(),
  }),
  ({ mapRunArn, maxConcurrency, toleratedFailurePercentage, toleratedFailureCount }, service) => {
    if ((maxConcurrency ?? toleratedFailurePercentage ?? toleratedFailureCount) === undefined)
      throw invalid(
        'At least one of maxConcurrency, toleratedFailurePercentage or toleratedFailureCount must be specified',
        'MISSING_REQUIRED_PARAMETER',
      );
    const { executionArn } = findMapRun(mapRunArn, service);
    const run = service.runOf(executionArn)?.mapRun(mapRunArn);
    if (run === undefined)
      throw invalid('Completed Map Runs cannot be updated', 'CANNOT_UPDATE_COMPLETED_MAP_RUN');
    const { count, percentage } = run.tolerance;
    run.maxConcurrency = maxConcurrency ?? run.maxConcurrency;
    run.tolerance = {
      count: toleratedFailureCount ?? count,
      percentage: toleratedFailurePercentage ?? percentage,
    };
    return part.nothing;
  },
);

/** @throws ServiceError InvalidArn, ResourceNotFound */
function findMapRun(arn: string, service: Service): MapRunRecord {
  checkMapRunArn(arn);
  const run = service.executions.mapRun(arn);
  if (run !== undefined) return run;
  throw new ServiceError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
}
