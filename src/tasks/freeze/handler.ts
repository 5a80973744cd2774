import type * as z from 'zod';
import { eventsClient, lambdaClient, pipesClient, schedulerClient, taggingClient } from '../aws-clients.ts';
import { lambdaErrorText } from '../aws-error.ts';
import { type Environment, handlerOf } from '../handler.ts';
import { failureOf, failuresInWords, LastingFault } from '../lambda-control/failure.ts';
import {
  type FrozenService,
  type IncidentControls,
  withIncidentControls,
} from '../lambda-control/incident-controls.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { markFrozen } from '../ledger/frozen-mark.ts';
import { beginFreeze, isBackInUse, notOpen, readIncident } from '../ledger/incident-record.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readLock } from '../ledger/lock-record.ts';
import { awaitSwitches } from '../switches/await-switches.ts';
import { allSwitches } from '../switches/all-switches.ts';
import { type PausedSwitches, pauseSwitches } from '../switches/pause-switches.ts';
import { switchInWords } from '../switches/switches.ts';
import type { SwitchKind } from '../ledger/switch-record.ts';
import { TaskError } from '../task-error.ts';
import { functionsToFreeze } from './functions-to-freeze.ts';
import { raiseFences } from './raise-fences.ts';
import { stopFunctions } from './stop-functions.ts';
import { freeze } from './task.ts';

/** Before the functions stop: what a paused poller usually takes. The application writes on meanwhile. */
const FIRST_PATIENCE_MILLISECONDS = 30_000;
/** Afterwards: the longest that any kind of poller is given to come to rest. */
const LAST_PATIENCE_MILLISECONDS = 5 * 60_000;

type FreezeEnvironment = Environment<FrozenService | 'tagging'>;

export const freezeHandler = handlerOf(freeze, async (request, environment: FreezeEnvironment) =>
  withIncidentControls(environment, { incidentId: request.incidentId, work: 'freeze' }, async (controls) => {
    await begin(controls, request.sweep ?? false);
    return freezeAll(request, environment, controls);
  }),
);

async function freezeAll(
  { since, sweep = false, tables = [] }: z.output<typeof freeze.definition.input>,
  environment: FreezeEnvironment,
  controls: IncidentControls,
): Promise<z.input<typeof freeze.definition.output>> {
  const { ledger } = controls;
  await markFrozen(ledger);
  // Whoever takes the lock looks for such marks afterwards: of two incidents at once, one sees the other.
  await requireLock(ledger);

  const functions = await functionsToFreeze(environment, controls);
  const paused: PausedSwitches[] = [];
  for (const switches of allSwitches(controls, functions))
    paused.push(await pauseSwitches(switches, since, controls));
  const awaited = paused.map(({ switches, ones }) => ({ switches, ones, stands: ['off'] as const }));
  await awaitSwitches(awaited, FIRST_PATIENCE_MILLISECONDS, environment);
  const stopped = await stopFunctions(functions, since, controls);
  const fences = await raiseFences({ tables, sweep, since }, controls);
  const late = await awaitSwitches(awaited, LAST_PATIENCE_MILLISECONDS, environment);

  const failures = [
    ...stopped.failures,
    ...paused.flatMap(({ failures }) => failures),
    ...fences.failures,
    ...late.map(({ switches, one }) => failureOf(switchInWords(switches.kind, one), `still ${one.state}`)),
  ];
  if (failures.length > 0) {
    const mayPass = failures.some((failure) => failure.mayPass);
    throw new TaskError(
      mayPass ? 'FreezeIncomplete' : 'FreezeRefused',
      `${stopped.stopped} of ${functions.length} functions are frozen; ` +
        `${mayPass ? '' : 'mend what is said of the rest, and '}start the incident again, which does the rest; ` +
        `not done: ${failuresInWords(failures)}`,
    );
  }
  const count = (kind: SwitchKind) => paused.find(({ switches }) => switches.kind === kind)?.ones.length ?? 0;
  return {
    functions: stopped.stopped,
    alreadyAtZero: stopped.alreadyAtZero,
    eventSourceMappings: count('mapping'),
    pipes: count('pipe'),
    rules: count('rule'),
    schedules: count('schedule'),
    writeFences: fences.standing,
    changed: paused.reduce((sum, { changed }) => sum + changed, stopped.changed + fences.changed),
    atRestFrom: new Date(Math.max(stopped.atRestFrom, fences.atRestFrom)).toISOString(),
    longestTimeoutSeconds: stopped.longestTimeoutSeconds,
    frozenAt: ledger.now(),
  };
}

/**
 * Has the freeze stand from now on, and waits until no thaw can change anything any more. An incident that is not open
 * would save settings that nobody puts back; a second one would mix them up.
 * @throws TaskError with nothing frozen: `FreezeRefused`, or `FreezeIncomplete` when the thaw takes too long.
 */
async function begin({ ledger, othersAtRest }: IncidentControls, sweep: boolean): Promise<void> {
  await requireLock(ledger);
  if (!(await beginFreeze(ledger, sweep))) {
    const incident = await readIncident(ledger);
    const isBack = incident !== undefined && isBackInUse(incident);
    if (incident?.freeze === 'lifting' && incident.state !== 'closed' && !isBack)
      throw refusal(
        `the freeze of ${ledger.incidentId} has been lifted, and only a new run renews it; run the incident again`,
      );
    if (isBack)
      throw refusal(
        `incident ${ledger.incidentId} is being thawed, its tables being proven; start it again, which finishes the thaw`,
      );
    throw refusal(`incident ${ledger.incidentId} ${notOpen(incident)}`);
  }
  await othersAtRest().catch((error: unknown) => {
    if (error instanceof LastingFault) throw refusal(error.message);
    throw new TaskError(
      'FreezeIncomplete',
      `nothing was frozen by this call: ${lambdaErrorText(error)}; then start the incident again`,
    );
  });
}

/** @throws TaskError `FreezeRefused` when another incident has the lock. */
async function requireLock(ledger: Ledger): Promise<void> {
  const lock = await readLock(ledger);
  if (lock !== undefined && lock.incidentId !== ledger.incidentId)
    throw refusal(
      `incident ${lock.incidentId} has taken the lock since ${lock.acquiredAt}; let it end first`,
    );
}

function refusal(reason: string): TaskError {
  return new TaskError('FreezeRefused', `nothing was frozen by this call: ${reason}`);
}

export const handler = lambdaEntry(freezeHandler, () => ({
  events: eventsClient(),
  lambda: lambdaClient(),
  pipes: pipesClient(),
  scheduler: schedulerClient(),
  tagging: taggingClient(),
}));
