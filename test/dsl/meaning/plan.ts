/** What a task does on one of its calls: it gives a value in this state, or throws an error of this name. */
export type Answer = 'on' | 'done' | 'broken' | ErrorName;

/** Two that the task declares, one that it does not, and one that is retried without being told to. */
export type ErrorName = 'Known' | 'Other' | 'Odd' | 'ThrottlingException';

/** How much of what is known goes into a text. */
export type Sees = 'nothing' | 'newest' | 'all';

export interface Retrier {
  readonly error: ErrorName | 'GaveUp' | 'Broken' | 'States.ALL';
  readonly maxAttempts: number;
}

/** A call of the task: its answers in turn, then `done` for ever. */
export interface PlannedCall {
  readonly answers: readonly Answer[];
  readonly sees: Sees;
  readonly retry: readonly Retrier[] | 'none';
}

interface Calling extends PlannedCall {
  readonly recover: { readonly errors: readonly string[]; readonly sees: Sees } | undefined;
}

export interface RunStep extends Calling {
  readonly kind: 'run';
  readonly undo: PlannedCall | undefined;
}

export interface PollStep extends Calling {
  readonly kind: 'poll';
  /** Waits between two calls before it gives up. */
  readonly waits: number;
  readonly failsWhenBroken: boolean;
  readonly says: boolean;
}

export interface RepeatStep extends Calling {
  readonly kind: 'repeat';
  readonly atMost: number;
  readonly pauseSeconds: number;
  readonly hasCursor: boolean;
  readonly says: boolean;
}

interface WaitStep {
  readonly kind: 'wait';
  readonly seconds: number;
}

export interface ChooseStep {
  readonly kind: 'choose';
  /** Each way is taken when the newest value contains its digit. */
  readonly ways: readonly { readonly digit: string; readonly body: Body }[];
  readonly otherwise: Body | undefined;
}

export type Hue = 'red' | 'green' | 'blue';

export interface MatchStep {
  readonly kind: 'match';
  /** The hues that the workflow knows; the input's may be another. */
  readonly ways: readonly { readonly hue: Hue; readonly body: Body }[];
}

export interface ParallelStep {
  readonly kind: 'parallel';
  readonly branches: readonly Body[];
  readonly retry: readonly Retrier[];
}

export interface EachStep {
  readonly kind: 'each';
  readonly items: number;
  readonly atOnce: number;
  readonly body: Body;
  readonly retry: readonly Retrier[];
}

export interface TryStep {
  readonly kind: 'try';
  readonly body: Body;
  readonly clauses: readonly { readonly error: string; readonly body: Body }[];
  readonly otherwise: Body | undefined;
  readonly last: Body | undefined;
}

export interface NoReturn {
  readonly kind: 'pointOfNoReturn';
  readonly failures: 'stayForRedrive' | 'endInWords';
}

export type Step =
  | RunStep
  | PollStep
  | RepeatStep
  | WaitStep
  | ChooseStep
  | MatchStep
  | ParallelStep
  | EachStep
  | TryStep
  | NoReturn;

/** Steps, and how they end. */
export interface Body {
  readonly steps: readonly Step[];
  readonly end:
    | { readonly kind: 'goesOn' }
    | { readonly kind: 'returns'; readonly sees: Sees }
    | { readonly kind: 'fails'; readonly error: 'Broken' | 'Known'; readonly sees: Sees };
}

/** A whole workflow and its input. */
export interface Plan {
  readonly input: { readonly n: string; readonly hue: Hue };
  readonly steps: readonly Step[];
  readonly returns: Sees;
}
