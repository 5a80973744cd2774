import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { verifySegment } from './task.ts';
import { verifyOneSegment } from './verify-one-segment.ts';

export const verifySegmentHandler = handlerOf(verifySegment, (request, environment) =>
  verifyOneSegment(request, environment),
);

export const handler = lambdaEntry(verifySegmentHandler);
