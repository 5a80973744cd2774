import type { State } from '../asl/machine.ts';

/**
 * An event of an execution's history, as GetExecutionHistory answers with it: every one of these is a
 * `HistoryEvent` of the AWS SDK, which also has those that the simulator never records. Source: Step Functions
 * API reference, "HistoryEvent".
 */
export interface HistoryEvent extends EventDetails {
  readonly id: number;
  /** The event that this one follows; 0 for the first. */
  readonly previousEventId?: number;
  readonly timestamp: Date;
  readonly type: HistoryEventType;
}

export type HistoryEventType =
  | `Execution${'Started' | 'Redriven' | 'Succeeded' | 'Failed' | 'TimedOut' | 'Aborted'}`
  | `${State['Type']}StateEntered`
  | `${Exclude<State['Type'], 'Fail'>}StateExited`
  | `${'Map' | 'Parallel'}State${'Started' | 'Succeeded' | 'Failed'}`
  | `${'Map' | 'Parallel' | 'Task' | 'Wait'}StateAborted`
  | `MapIteration${'Started' | 'Succeeded' | 'Failed' | 'Aborted'}`
  | `MapRun${'Started' | 'Redriven' | 'Succeeded' | 'Failed'}`
  | `Task${'Scheduled' | 'Started' | 'Submitted' | 'SubmitFailed' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | `Activity${'Scheduled' | 'Started' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | `LambdaFunction${'Scheduled' | 'Started' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | 'EvaluationFailed';

/** What an event tells beside its type: the field that is named like it. */
export interface EventDetails {
  readonly executionStartedEventDetails?: InputDetails & { readonly roleArn?: string };
  readonly executionRedrivenEventDetails?: { readonly redriveCount: number };
  readonly executionSucceededEventDetails?: OutputDetails;
  readonly executionFailedEventDetails?: FailureDetails;
  readonly executionTimedOutEventDetails?: FailureDetails;
  readonly executionAbortedEventDetails?: FailureDetails;
  readonly stateEnteredEventDetails?: InputDetails & { readonly name: string };
  readonly stateExitedEventDetails?: OutputDetails & {
    readonly name: string;
    /** By name, each as JSON text. */
    readonly assignedVariables?: Record<string, string>;
    readonly assignedVariablesDetails?: Whole;
  };
  readonly mapStateStartedEventDetails?: { readonly length: number };
  readonly mapIterationStartedEventDetails?: IterationDetails;
  readonly mapIterationSucceededEventDetails?: IterationDetails;
  readonly mapIterationFailedEventDetails?: IterationDetails;
  readonly mapIterationAbortedEventDetails?: IterationDetails;
  readonly mapRunStartedEventDetails?: { readonly mapRunArn: string };
  readonly mapRunRedrivenEventDetails?: { readonly mapRunArn: string; readonly redriveCount: number };
  readonly mapRunFailedEventDetails?: FailureDetails;
  readonly taskScheduledEventDetails?: ResourceDetails &
    BoundDetails & {
      readonly region: string;
      /** The call's arguments as JSON text. */
      readonly parameters: string;
      readonly heartbeatInSeconds?: number;
    };
  readonly taskStartedEventDetails?: ResourceDetails;
  readonly taskSubmittedEventDetails?: ResourceDetails & OutputDetails;
  readonly taskSubmitFailedEventDetails?: ResourceDetails & FailureDetails;
  readonly taskSucceededEventDetails?: ResourceDetails & OutputDetails;
  readonly taskFailedEventDetails?: ResourceDetails & FailureDetails;
  readonly taskTimedOutEventDetails?: ResourceDetails & FailureDetails;
  readonly activityScheduledEventDetails?: InputDetails &
    BoundDetails & { readonly resource: string; readonly heartbeatInSeconds?: number };
  readonly activityStartedEventDetails?: { readonly workerName?: string };
  readonly activitySucceededEventDetails?: OutputDetails;
  readonly activityFailedEventDetails?: FailureDetails;
  readonly activityTimedOutEventDetails?: FailureDetails;
  readonly lambdaFunctionScheduledEventDetails?: InputDetails & BoundDetails & { readonly resource: string };
  readonly lambdaFunctionSucceededEventDetails?: OutputDetails;
  readonly lambdaFunctionFailedEventDetails?: FailureDetails;
  readonly lambdaFunctionTimedOutEventDetails?: FailureDetails;
  readonly evaluationFailedEventDetails?: FailureDetails & {
    readonly state: string;
    /** The field of the state whose expression failed. */
    readonly location?: string;
  };
}

/** Whether AWS cut the text short, which it does for some readers of the history and the simulator never. */
interface Whole {
  readonly truncated: boolean;
}

interface InputDetails {
  /** JSON text. */
  readonly input?: string;
  readonly inputDetails?: Whole;
}

interface OutputDetails {
  /** JSON text. */
  readonly output?: string;
  readonly outputDetails?: Whole;
}

interface FailureDetails {
  readonly error?: string;
  readonly cause?: string;
}

interface IterationDetails {
  readonly name: string;
  readonly index: number;
}

interface ResourceDetails {
  readonly resource: string;
  readonly resourceType: string;
}

interface BoundDetails {
  readonly timeoutInSeconds?: number;
  /** The role that the call was made with, when not the machine's own. */
  readonly taskCredentials?: { readonly roleArn: string };
}
