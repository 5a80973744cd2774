import type { Integration } from './integrations/integration.ts';
import type { MapRun } from './states/map-run/map-run.ts';
import type { TaskResource } from './task-resource.ts';
import type { ExecutionIdentity } from './world.ts';

/** Whoever keeps executions for long and side by side, as an endpoint does: what it has a say in. */
export interface Host {
  /** How a task's call is performed; undefined leaves it to what the simulation was given. */
  integration(resource: TaskResource, stateName: string): Integration | undefined;
  /** Hears of every execution before its first event. */
  executionStarted(execution: HostedExecution, identity: ExecutionIdentity): void;
  /** Hears of every Map Run before its first child; the run tells how it stands for as long as it goes on. */
  mapRunStarted(run: MapRun, executionArn: string): void;
}

/** An execution, for whoever may stop it. */
export interface HostedExecution {
  readonly arn: string;
  readonly startDate: number;
  /** Aborts it; after its end it does nothing. */
  stop(error?: string, cause?: string): void;
}
