import type * as z from 'zod';
import type { Environment } from '../handler.ts';
import { resetOneSegment } from '../reset-segment/reset-one-segment.ts';
import { resetRequest } from '../reset-segment/reset-request.ts';
import type { resetSegment } from '../reset-segment/task.ts';
import { TaskError } from '../task-error.ts';

/** @throws TaskError `ResetRefused` for any other mode than `plan`. */
export async function planOneSegment(
  request: z.output<typeof resetSegment.definition.input>,
  environment: Environment,
): Promise<z.input<typeof resetSegment.definition.output>> {
  if (request.mode !== 'plan')
    throw new TaskError(
      'ResetRefused',
      `${request.mode} of ${request.table} refused: this function plans only`,
    );
  return resetOneSegment(await resetRequest(request, environment), environment);
}
