import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { resetOneSegment } from '../reset-segment/reset-one-segment.ts';
import { TaskError } from '../task-error.ts';
import { planSegment } from './task.ts';

export const planSegmentHandler = handlerOf(planSegment, async (request, environment) => {
  if (request.mode !== 'plan')
    throw new TaskError(
      'ResetRefused',
      `${request.mode} of ${request.table} refused: PlanSegment plans only`,
    );
  return resetOneSegment(request, environment);
});

export const handler = lambdaEntry(planSegmentHandler);
