import type * as z from 'zod';
import type { Environment } from '../handler.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { readSelection } from '../ledger/selection-record.ts';
import type { Only } from '../selection/only.ts';
import { EVERY_ITEM, selectionMark } from '../selection/selection-mark.ts';
import { TaskError } from '../task-error.ts';
import type { resetSegment } from './task.ts';

type Input = z.output<typeof resetSegment.definition.input>;

/** What a reset of one segment is asked to do. */
export interface ResetRequest extends Omit<Input, 'selection'> {
  /** Which items; default all. */
  readonly only?: Only | undefined;
}

/**
 * The request with its selection, which the ledger alone has.
 * @throws TaskError `ResetRefused` when the ledger has another one for this run, or none.
 */
export async function resetRequest(
  { selection = EVERY_ITEM, ...request }: Input,
  environment: Environment,
): Promise<ResetRequest> {
  if (selection === EVERY_ITEM) return request;
  const { incidentId, run, table, mode } = request;
  const only = await readSelection(ledgerOf(environment, incidentId), { run, table });
  if (selectionMark(only) !== selection)
    throw new TaskError(
      'ResetRefused',
      `reset of ${table} (${mode}) refused: the ledger does not have the selection of this run; start the incident again`,
    );
  return { ...request, only };
}

/** What it answers. */
export type ResetAnswer = z.output<typeof resetSegment.definition.output>;
