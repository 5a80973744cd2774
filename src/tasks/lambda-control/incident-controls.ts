import type { Environment, Service } from '../handler.ts';
import { readIncident, type FreezeState } from '../ledger/incident-record.ts';
import { ledgerOf, type Ledger } from '../ledger/ledger.ts';
import { LambdaControlPlane } from './control-plane.ts';

/** The services of whose settings a freeze changes some. */
export type FrozenService = Extract<Service, 'events' | 'lambda' | 'pipes' | 'scheduler'>;

/** What freezing and thawing work with: the incident's ledger, and Lambda at its pace. */
export interface IncidentControls {
  readonly environment: Environment<FrozenService>;
  readonly ledger: Ledger;
  readonly plane: LambdaControlPlane;
  /** Asked before every change; throws when the incident's direction is no longer this invocation's. */
  readonly allowChange: () => Promise<void>;
}

/**
 * The controls of one incident for one invocation, which freezes or thaws. An invocation can outlive the
 * step that made it, so each change asks first whether its direction still is the incident's: a late sweep
 * never stops what a thaw has put back, nor the other way round.
 */
export function incidentControls(
  environment: Environment<FrozenService>,
  incidentId: string,
  direction: FreezeState,
): IncidentControls {
  const ledger = ledgerOf(environment, incidentId);
  const allowChange = async () => {
    const incident = await readIncident(ledger);
    if (incident?.freeze !== direction)
      throw new Error(
        `left alone, because the freeze of ${incidentId} is now ${incident?.freeze ?? 'unknown'}`,
      );
  };
  return { environment, ledger, plane: new LambdaControlPlane(environment, allowChange), allowChange };
}
