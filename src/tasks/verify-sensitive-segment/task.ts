import { task } from '../../dsl/authoring/task.ts';
import { verifySegment } from '../verify-segment/task.ts';

/** What `VerifySegment` does, for sensitive tables: a function of its own whose role reaches no other table. */
export const verifySensitiveSegment = task('VerifySensitiveSegment', verifySegment.definition);
