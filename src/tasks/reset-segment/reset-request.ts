import type * as z from 'zod';
import type { resetSegment } from './task.ts';

/** What a reset of one segment is asked to do. */
export type ResetRequest = z.output<typeof resetSegment.definition.input>;

/** What it answers. */
export type ResetAnswer = z.output<typeof resetSegment.definition.output>;
