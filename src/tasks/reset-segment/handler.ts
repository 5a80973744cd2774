import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { resetOneSegment } from './reset-one-segment.ts';
import { resetSegment } from './task.ts';

export const resetSegmentHandler = handlerOf(resetSegment, (request, environment) =>
  resetOneSegment(request, environment),
);

export const handler = lambdaEntry(resetSegmentHandler);
