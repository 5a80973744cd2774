import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { resetOneSegment } from '../reset-segment/reset-one-segment.ts';
import { resetRequest } from '../reset-segment/reset-request.ts';
import { TaskError } from '../task-error.ts';
import { planSegment } from './task.ts';

export const planSegmentHandler = handlerOf(planSegment, async (request, environment) => {
  if (request.mode !== 'plan')
    throw new TaskError(
      'ResetRefused',
      `${request.mode} of ${request.table} refused: PlanSegment plans only`,
    );
  return resetOneSegment(await resetRequest(request, environment), environment);
});

export const handler = lambdaEntry(planSegmentHandler);
