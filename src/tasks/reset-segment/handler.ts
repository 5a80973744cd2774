import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { resetOneSegment } from './reset-one-segment.ts';
import { resetRequest } from './reset-request.ts';
import { resetSegment } from './task.ts';

export const resetSegmentHandler = handlerOf(resetSegment, async (request, environment) =>
  resetOneSegment(await resetRequest(request, environment), environment),
);

export const handler = lambdaEntry(resetSegmentHandler);
