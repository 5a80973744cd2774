import type { Environment } from '../handler.ts';
import { ledgerOf, type Ledger } from '../ledger/ledger.ts';
import { LambdaControlPlane } from './control-plane.ts';

/** What freezing and thawing work with: the incident's ledger, and Lambda at its pace. */
export interface IncidentControls {
  readonly environment: Environment;
  readonly ledger: Ledger;
  readonly plane: LambdaControlPlane;
}

/** The controls of one incident for one invocation. */
export function incidentControls(environment: Environment, incidentId: string): IncidentControls {
  return {
    environment,
    ledger: ledgerOf(environment, incidentId),
    plane: new LambdaControlPlane(environment),
  };
}
