import { type Environment, handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { frozenMarks } from '../ledger/frozen-mark.ts';
import { awaitedAnswer, readIncident } from '../ledger/incident-record.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { readLock } from '../ledger/lock-record.ts';
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
  const questions = await Promise.all(late.map(({ incidentId }) => question(incidentId, environment)));
  throw new TaskError(
    'FrozenTooLong',
    `frozen for more than ${longestHours} hours: ${named}; Lambda drops asynchronous events after six hours: ` +
      `finish the recovery, or give it up and thaw${questions.join('')}`,
  );
});

/** That nothing has failed, and the recovery only waits for a person; empty when it does not. */
async function question(incidentId: string, environment: Environment): Promise<string> {
  const ledger = ledgerOf(environment, incidentId);
  const incident = await readIncident(ledger);
  const until = incident && awaitedAnswer(incident, environment.clock.now());
  // A run that was refused has given its lock back; where nothing could be undone, its question still stands.
  if (until === undefined || (await readLock(ledger))?.incidentId !== incidentId) return '';
  return (
    `; ${incidentId} has not failed: unless its execution was stopped, it waits for a person's yes or no until ` +
    `${until}, with the commands of the message that asks, or of the execution's history (TaskScheduled of ` +
    'Asked.Person.Agreed)'
  );
}

export const handler = lambdaEntry(checkFrozenHandler);
