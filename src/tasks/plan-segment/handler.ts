import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { planOneSegment } from './plan-one-segment.ts';
import { planSegment } from './task.ts';

export const planSegmentHandler = handlerOf(planSegment, planOneSegment);

export const handler = lambdaEntry(planSegmentHandler);
