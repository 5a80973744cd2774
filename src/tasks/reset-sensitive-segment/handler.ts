import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { resetOneSegment } from '../reset-segment/reset-one-segment.ts';
import { resetRequest } from '../reset-segment/reset-request.ts';
import { resetSensitiveSegment } from './task.ts';

export const resetSensitiveSegmentHandler = handlerOf(resetSensitiveSegment, async (request, environment) =>
  resetOneSegment(await resetRequest(request, environment), environment),
);

export const handler = lambdaEntry(resetSensitiveSegmentHandler);
