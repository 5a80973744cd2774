import type * as z from 'zod';
import type { verifySegment } from './task.ts';

/** Which segment of which table is to be read. */
export type VerifyRequest = z.output<typeof verifySegment.definition.input>;
