import type * as z from 'zod';
import { sfnClient } from '../aws-clients.ts';
import { handlerOf, type Environment } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { openIncident, proveAnew, readIncident, reopenIncident } from '../ledger/incident-record.ts';
import { ledgerOf, type Ledger } from '../ledger/ledger.ts';
import { forgetSelections, saveSelection } from '../ledger/selection-record.ts';
import { dropLock, readLock, takeLock, type Lock } from '../ledger/lock-record.ts';
import { marksOf } from '../selection/selection-mark.ts';
import { parseRestorePoint, restorePointText } from '../restore-point.ts';
import { TaskError } from '../task-error.ts';
import { incidentFault } from './incident-fault.ts';
import { lockFault } from './lock-fault.ts';
import { standingFreezeFault } from './standing-freeze-fault.ts';
import { acquireLock } from './task.ts';

/** A day longer than `Rewind` may run; an execution that has ended frees the lock earlier. */
const LEASE_MILLISECONDS = 61 * 24 * 60 * 60 * 1000;

/** Several may see the same lock expire; each loss means that another has won. */
const MOST_ATTEMPTS = 5;

type Request = z.output<typeof acquireLock.definition.input>;

export const acquireLockHandler = handlerOf(acquireLock, async (request, environment: Environment<'sfn'>) => {
  const at = parseRestorePoint(request.restorePoint);
  if (at === undefined)
    throw new TaskError('InvalidInput', 'AcquireLock refuses its input: input.restorePoint: no such time');
  const ledger = ledgerOf(environment, request.incidentId);
  // Before the lock is touched: an expired lease must not be taken from a recovery that is under way.
  await refuseStandingFreeze(ledger);
  const lock = await hold(request, ledger, environment);
  try {
    // And once it is held: a freeze that was under way notes itself first, and looks at the lock then.
    await refuseStandingFreeze(ledger);
    const resuming = await open(ledger, request, restorePointText(at));
    return { resuming, acquiredAt: lock.acquiredAt };
  } catch (error) {
    await forgetSelections(ledger, request.executionArn);
    await dropLock(ledger, request.executionArn);
    throw error;
  }
});

async function refuseStandingFreeze(ledger: Ledger): Promise<void> {
  const standing = await standingFreezeFault(ledger);
  if (standing !== undefined) throw new TaskError('LockHeld', standing);
}

async function hold(request: Request, ledger: Ledger, environment: Environment<'sfn'>): Promise<Lock> {
  let fault: string | undefined;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const held = await readLock(ledger);
    if (held?.executionArn === request.executionArn) return held;
    fault = await lockFault(held, request.executionArn, environment);
    if (fault !== undefined) break;
    const mine = lease(request, environment);
    if (await takeLock(ledger, mine, held)) return mine;
  }
  throw new TaskError('LockHeld', fault ?? 'lock: others keep taking it at the same moment; start again');
}

function lease({ incidentId, executionArn }: Request, { clock }: Environment): Lock {
  return {
    incidentId,
    executionArn,
    acquiredAt: new Date(clock.now()).toISOString(),
    expiresAt: new Date(clock.now() + LEASE_MILLISECONDS).toISOString(),
  };
}

/** Opens the incident, or reopens it unless it is only to be finished. @returns whether its live tables may be half reset. */
async function open(
  ledger: Ledger,
  { executionArn, tables, finishing }: Request,
  restorePoint: string,
): Promise<boolean> {
  const asked = { restorePoint, tables: marksOf(tables), finishing };
  for (const { name, only } of tables)
    if (only !== undefined && finishing !== true)
      await saveSelection(ledger, { run: executionArn, table: name }, only);
  if (await openIncident(ledger, restorePoint)) return false;
  const incident = await readIncident(ledger);
  const fault = incidentFault(ledger.incidentId, incident, asked);
  if (fault !== undefined) throw new TaskError('IncidentMismatch', fault);
  await reopenIncident(ledger);
  return proveAnew(ledger, executionArn);
}

export const handler = lambdaEntry(acquireLockHandler, () => ({ sfn: sfnClient() }));
