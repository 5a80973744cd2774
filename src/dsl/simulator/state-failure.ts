import type { Json } from '../asl/machine.ts';

/**
 * The error a state ends with: what Retry and Catch match, and what ends the execution when neither does. A
 * fake throws one to fail exactly so; any other error fails under its own name.
 *
 * @example
 * const down: SimulatedFunction = () => {
 *   throw new StateFailure('Lambda.TooManyRequestsException', 'Rate Exceeded.');
 * };
 * const refused = await simulate(compile(ship).machine, { order: 'o-7' }, { functions: { Track: down } });
 * refused.error; // → "Lambda.TooManyRequestsException"
 */
export class StateFailure extends Error {
  /** Step Functions' error name; a Fail state may have none. */
  readonly error: string | undefined;
  /** Step Functions' cause text; `cause` itself belongs to Error. */
  readonly causeText: string | undefined;
  /** A second name that Retry and Catch may know it by. */
  readonly alsoNamed: string | undefined = undefined;

  constructor(error: string | undefined, causeText?: string) {
    super(error ?? 'failed');
    this.error = error;
    this.causeText = causeText;
  }

  /** What `$states.errorOutput` holds; what is absent is null, as Step Functions writes it. */
  get errorOutput(): { readonly [key: string]: Json } {
    return { Error: this.error ?? null, Cause: this.causeText ?? null };
  }
}

/**
 * A task whose HeartbeatSeconds ran out. History and `$states.errorOutput` call it States.Timeout; Retry and Catch
 * may also name it States.HeartbeatTimeout ("Handling errors in Step Functions workflows", "Error names").
 */
export class HeartbeatTimeout extends StateFailure {
  override readonly alsoNamed = 'States.HeartbeatTimeout';

  constructor() {
    super('States.Timeout');
  }
}

/**
 * Whether the states around a failure tell of it in the history. A definition's fault at run time ends the whole
 * execution without a word of them.
 */
export function leavesEvents(failure: StateFailure): boolean {
  return failure.error !== 'States.Runtime';
}

/** A service did not take on the job or the callback that a task was to wait for; the history tells of it apart. */
export class SubmitFailure extends StateFailure {}

/** A field that could not be evaluated; the only failure with an event of its own, EvaluationFailed. */
export class EvaluationFailure extends StateFailure {
  /** The field, as in `Output/v`; absent when the fault lies in the input. */
  readonly location: string | undefined;

  constructor(causeText: string, location?: string) {
    super('States.QueryEvaluationError', causeText);
    this.location = location;
  }

  /** The same failure with the state that was executing named, as every cause of this kind begins. */
  within(stateName: string, enteredEventId: number): EvaluationFailure {
    return new EvaluationFailure(
      `${executing(stateName, enteredEventId)} ${this.causeText ?? ''}`,
      this.location,
    );
  }
}

/** The beginning of the causes that Step Functions itself writes. */
export function executing(stateName: string, enteredEventId: number): string {
  return `An error occurred while executing the state '${stateName}' (entered at the event id #${enteredEventId}).`;
}
