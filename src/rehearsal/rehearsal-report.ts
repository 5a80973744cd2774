import type { ExecutionResult } from '../dsl/simulator/simulate.ts';
import type { SettingProofs, TableProof } from './proof.ts';

export interface TableOutcome extends TableProof {
  /** Whether only some of its items were to be taken back. */
  readonly selective: boolean;
  readonly restored: number;
  readonly live: number;
  readonly puts: number;
  readonly deletes: number;
  readonly unchanged: number;
  /** Keys whose items differ from the restore point and stay as they are. */
  readonly leftAlone: number;
}

export interface RehearsalReport extends SettingProofs {
  readonly succeeded: boolean;
  readonly status: ExecutionResult['status'];
  readonly error?: string;
  readonly cause?: string;
  readonly incidentId: string;
  readonly restorePoint: string;
  /** Whether the recovery came as far as freezing the application. */
  readonly frozen: boolean;
  readonly seed: number;
  readonly damage: { readonly overwritten: number; readonly deleted: number; readonly junk: number };
  /** Those that were asked for; none unless frozen. */
  readonly tables: readonly TableOutcome[];
  /** Writes of the application's users, how many of them a freeze refused, and how many got through it. */
  readonly application: {
    readonly writes: number;
    readonly refused: number;
    readonly writesWhileFrozen: number;
    /** Writes that write fences refused, of what is no function. */
    readonly refusedByFences: number;
  };
  /** Items written to the live tables by the recovery. */
  readonly writesByRecovery: number;
  readonly virtualSeconds: number;
  readonly realSeconds: number;
  readonly peakMemoryMiB: number;
}
