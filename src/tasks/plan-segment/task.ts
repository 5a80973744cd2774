import { task } from '../../dsl/authoring/task.ts';
import { resetSegment } from '../reset-segment/task.ts';

/** What `ResetSegment` does in `plan` mode, as a function of its own whose role may write to no table but the ledger. */
export const planSegment = task('PlanSegment', resetSegment.definition);
