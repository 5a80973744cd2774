import type { Json, StateMachine } from '../src/dsl/asl/machine.ts';

/** A call that a recorded execution made, and what came of it. */
export interface TaskReply {
  /** Null where the order of events was not recorded. */
  readonly stateName: string | null;
  /** Which states the call may be of, where the order of events was not recorded. */
  readonly stateNameCandidates?: readonly string[];
  readonly resourceType?: string;
  readonly resource?: string;
  readonly parameters?: Json;
  readonly iteration?: readonly { readonly map: string; readonly index: number }[];
  /** Null where the order of events was not recorded. */
  readonly attempt: number | null;
  readonly kind: 'service' | 'lambda' | 'activity';
  readonly outcome?: ReplyOutcome;
  /** What the service answered when it took a job on. */
  readonly submitted?: Json;
}

export interface ReplyOutcome {
  readonly succeed?: Json;
  readonly fail?: { readonly error?: string; readonly cause?: string };
  readonly timeout?: unknown;
  readonly pending?: true;
}

/** A recorded execution: what it was given. What it came to is not read here. */
export interface CorpusCase {
  readonly id: string;
  /** How the recording was asked for, as in `…reverseOrder[True]`. */
  readonly snapshotKey?: string;
  readonly machineType: 'STANDARD' | 'EXPRESS';
  readonly definition: StateMachine;
  readonly input: Json;
  readonly stateMachineArn: string;
  readonly executionArn: string;
  readonly taskReplies: readonly TaskReply[];
  readonly fixtures?: {
    readonly s3?: readonly { readonly bucket: string; readonly key: string; readonly body: string }[];
    /** Source text of Python handlers by function name. */
    readonly lambdas?: { readonly [name: string]: string };
  };
  readonly recordedDate: string;
  /** Whether the events within Parallels were sorted. */
  readonly eventsReordered?: boolean;
  /** The recorder's names for whole ARNs, in events. */
  readonly placeholders?: { readonly [name: string]: string };
  /** Whether the input holds times that were near when it was recorded. */
  readonly inputHasCaptureTimeTimestamps?: boolean;
}
