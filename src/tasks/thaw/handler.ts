import type * as z from 'zod';
import { eventsClient, lambdaClient, pipesClient, schedulerClient } from '../aws-clients.ts';
import { lambdaErrorText } from '../aws-error.ts';
import { type Environment, handlerOf } from '../handler.ts';
import { failuresInWords, LastingFault } from '../lambda-control/failure.ts';
import {
  type FrozenService,
  type IncidentControls,
  withIncidentControls,
} from '../lambda-control/incident-controls.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { unmarkFrozen } from '../ledger/frozen-mark.ts';
import { beginThaw, readIncident } from '../ledger/incident-record.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readLock } from '../ledger/lock-record.ts';
import { putBackSwitches } from './put-back-switches.ts';
import { TaskError } from '../task-error.ts';
import { thawCommand } from '../thaw-command.ts';
import { lowerFences } from './lower-fences.ts';
import { restoreFunctions } from './restore-functions.ts';
import { restoreProvisioned } from './restore-provisioned.ts';
import { thaw } from './task.ts';

/**
 * The order: the write fences first, so that no function meets a table that refuses it; then the functions,
 * stage by stage (`thawStages`); then the mappings and pipes, so that no poller meets a function that is still stopped;
 * last the rules and schedules, so that what they start finds everything as it was.
 */
export const thawHandler = handlerOf(
  thaw,
  async ({ incidentId, force = false, run }, environment: Environment<FrozenService>) =>
    withIncidentControls(environment, { incidentId, work: 'thaw' }, async (controls) => {
      if (run !== undefined) await leaveToHolder(controls.ledger, run);
      const again = `${thawCommand(controls.ledger)}${force ? ' --force' : ''}`;
      await begin(controls, force, again);
      return putBack(controls, again);
    }),
);

/**
 * The freeze of a run that was stopped is that of the one that has begun since, which thaws in its turn.
 * @throws TaskError `StaysFrozen`
 */
async function leaveToHolder(ledger: Ledger, run: string): Promise<void> {
  const lock = await readLock(ledger);
  if (lock?.incidentId === ledger.incidentId && lock.executionArn !== run)
    throw new TaskError(
      'StaysFrozen',
      `incident ${ledger.incidentId} stays frozen: another run of it has taken the lock since ${lock.acquiredAt}, ` +
        `${lock.executionArn}; leave it to that one, or, if it has ended, thaw with: ${thawCommand(ledger)}`,
    );
}

/**
 * Has the freeze be lifted from now on, and waits until no freeze and no reset can change anything any more.
 * @param again what a person types to go on.
 * @throws TaskError `StaysFrozen`; `ThawRefused` for an unknown incident, or when a new run freezes it again meanwhile; or
 * `ThawIncomplete` when the others take too long.
 */
async function begin(
  { ledger, othersAtRest }: IncidentControls,
  force: boolean,
  again: string,
): Promise<void> {
  const { incidentId, table } = ledger;
  if (!(await beginThaw(ledger, force))) {
    if ((await readIncident(ledger)) === undefined)
      throw new TaskError(
        'ThawRefused',
        `incident ${incidentId} is not in the ledger ${table}; check the incident id`,
      );
    throw new TaskError(
      'StaysFrozen',
      `incident ${incidentId} stays frozen: its live tables may be half reset; run it again with the same ` +
        `incident id, or, to run on the data as it is, thaw it with: ${thawCommand(ledger)} --force`,
    );
  }
  try {
    await othersAtRest();
  } catch (error) {
    throw new TaskError(
      error instanceof LastingFault ? 'ThawRefused' : 'ThawIncomplete',
      `nothing is put back yet: ${lambdaErrorText(error)}; then thaw again with: ${again}`,
    );
  }
}

async function putBack(
  controls: IncidentControls,
  again: string,
): Promise<z.input<typeof thaw.definition.output>> {
  const { ledger } = controls;
  const fences = await lowerFences(controls);
  const functions = await restoreFunctions(controls);
  const provisioned = await restoreProvisioned(controls);
  const switches = await putBackSwitches(controls);
  const failures = [...fences.failures, ...functions.failures, ...provisioned, ...switches.failures];
  if (failures.length > 0)
    throw new TaskError(
      failures.some(({ mayPass }) => mayPass) ? 'ThawIncomplete' : 'ThawRefused',
      `as they were: functions ${functions.count}, ${switches.inWords}; mend what is said of the rest, or put it back by ` +
        `hand, and thaw again with: ${again}; not done: ${failuresInWords(failures)}`,
    );
  await unmarkFrozen(ledger);
  return {
    functions: functions.count,
    eventSourceMappings: switches.counts.mapping,
    pipes: switches.counts.pipe,
    rules: switches.counts.rule,
    schedules: switches.counts.schedule,
    writeFences: fences.count,
    warnings: [...fences.warnings, ...switches.warnings],
  };
}

export const handler = lambdaEntry(thawHandler, () => ({
  events: eventsClient(),
  lambda: lambdaClient(),
  pipes: pipesClient(),
  scheduler: schedulerClient(),
}));
