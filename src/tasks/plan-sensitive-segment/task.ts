import { task } from '../../dsl/authoring/task.ts';
import { resetSegment } from '../reset-segment/task.ts';

/** What `PlanSegment` does, for sensitive tables: a function of its own whose role reaches no other table. */
export const planSensitiveSegment = task('PlanSensitiveSegment', resetSegment.definition);
