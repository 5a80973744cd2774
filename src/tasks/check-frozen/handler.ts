import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { frozenMarks } from '../ledger/frozen-mark.ts';
import { TaskError } from '../task-error.ts';
import { checkFrozen } from './task.ts';

const HOUR = 3_600_000;

export const checkFrozenHandler = handlerOf(checkFrozen, async ({ longestHours }, environment) => {
  const { dynamodb, system, clock } = environment;
  const marks = await frozenMarks({ dynamodb, table: system.ledgerTable });
  // A mark without a time that can be read is taken for an old one.
  const late = marks.filter(({ frozenAt }) => !(clock.now() - Date.parse(frozenAt) < longestHours * HOUR));
  if (late.length === 0) return { frozen: marks.length };
  const named = late.map(({ incidentId, frozenAt }) => `${incidentId} since ${frozenAt}`).join(', ');
  throw new TaskError(
    'FrozenTooLong',
    `frozen for more than ${longestHours} hours: ${named}; Lambda drops asynchronous events after six hours: ` +
      'finish the recovery, or give it up and thaw',
  );
});

export const handler = lambdaEntry(checkFrozenHandler);
