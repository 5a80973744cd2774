import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { verifyOneSegment } from '../verify-segment/verify-one-segment.ts';
import { verifySensitiveSegment } from './task.ts';

export const verifySensitiveSegmentHandler = handlerOf(verifySensitiveSegment, (request, environment) =>
  verifyOneSegment(request, environment),
);

export const handler = lambdaEntry(verifySensitiveSegmentHandler);
