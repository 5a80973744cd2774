import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { planOneSegment } from '../plan-segment/plan-one-segment.ts';
import { planSensitiveSegment } from './task.ts';

export const planSensitiveSegmentHandler = handlerOf(planSensitiveSegment, planOneSegment);

export const handler = lambdaEntry(planSensitiveSegmentHandler);
