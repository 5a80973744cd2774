/**
 * A value of JSON.
 *
 * @example
 * const payload: Json = { order: 'o-7', items: ['tea', null, 2] };
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/**
 * An object of JSON.
 *
 * @example
 * const schema: JsonObject = compile(ship).schemas.input;
 */
export type JsonObject = { readonly [key: string]: Json };

/** A JSON value any string of which may be a JSONata expression, `{% … %}`. */
export type JsonataTemplate = Json;

/**
 * A state machine in Amazon States Language: a compiled one, or one written by hand.
 *
 * @example
 * const waiting: StateMachine = {
 *   QueryLanguage: 'JSONata',
 *   StartAt: 'Pause',
 *   States: { Pause: { Type: 'Wait', Seconds: 60, End: true } },
 * };
 */
export interface StateMachine {
  readonly Comment?: string;
  readonly QueryLanguage?: 'JSONata' | 'JSONPath';
  readonly StartAt: string;
  /** Seconds the whole execution may take. */
  readonly TimeoutSeconds?: number;
  readonly Version?: string;
  readonly States: { readonly [name: string]: State };
}

/**
 * A state of a machine.
 *
 * @example
 * const isTask = (state: State): boolean => state.Type === 'Task';
 */
export type State =
  TaskState | PassState | ChoiceState | WaitState | ParallelState | MapState | SucceedState | FailState;

/** A JSON value whose members named `….$` are JSONPath or intrinsic functions. */
export type PayloadTemplate = Json;

interface Common {
  readonly Comment?: string;
  readonly QueryLanguage?: 'JSONata' | 'JSONPath';
  /** JSONPath only; null stands for an empty object. */
  readonly InputPath?: string | null;
  /** JSONPath only; null stands for an empty object. */
  readonly OutputPath?: string | null;
}

/** The fields of JSONPath that say what becomes of a state's result. */
interface Keeping {
  /** Null throws the result away. */
  readonly ResultPath?: string | null;
  readonly ResultSelector?: PayloadTemplate;
}

interface Following {
  readonly Next?: string;
  readonly End?: true;
}

interface Producing {
  readonly Output?: JsonataTemplate;
  readonly Assign?: { readonly [variable: string]: JsonataTemplate };
}

interface Failing {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  /** Seconds before the first retry; default 1. */
  readonly IntervalSeconds?: number;
  /** Default 3; 0 means never. */
  readonly MaxAttempts?: number;
  /** Default 2. */
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher extends Producing {
  readonly ErrorEquals: readonly string[];
  /** JSONPath only: where the error goes in the input. */
  readonly ResultPath?: string | null;
  readonly Next: string;
}

export interface TaskState extends Common, Following, Producing, Failing, Keeping {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments?: JsonataTemplate;
  readonly Parameters?: PayloadTemplate;
  readonly TimeoutSeconds?: number | string;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: number | string;
  readonly HeartbeatSecondsPath?: string;
  readonly Credentials?: JsonataTemplate;
}

export interface PassState extends Common, Following, Producing, Keeping {
  readonly Type: 'Pass';
  readonly Parameters?: PayloadTemplate;
  readonly Result?: Json;
}

export interface ChoiceRule extends Producing {
  readonly Condition: boolean | string;
  readonly Next: string;
}

/** A comparison of JSONPath's: `Variable` and one operator, or `And`, `Or`, `Not` of further ones. */
export interface ComparisonRule {
  readonly Next: string;
  readonly Assign?: { readonly [variable: string]: PayloadTemplate };
  readonly Variable?: string;
  readonly And?: readonly Json[];
  readonly Or?: readonly Json[];
  readonly Not?: Json;
  /** The operator, as in `NumericEqualsPath`. */
  readonly [operator: string]: Json | undefined;
}

export interface ChoiceState extends Common, Producing {
  readonly Type: 'Choice';
  readonly Choices: readonly (ChoiceRule | ComparisonRule)[];
  readonly Default?: string;
}

export interface WaitState extends Common, Following, Producing {
  readonly Type: 'Wait';
  readonly Seconds?: number | string;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
}

export interface Branch {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
}

export interface ParallelState extends Common, Following, Producing, Failing, Keeping {
  readonly Type: 'Parallel';
  readonly Arguments?: JsonataTemplate;
  readonly Parameters?: PayloadTemplate;
  readonly Branches: readonly Branch[];
}

export interface ItemProcessor extends Branch {
  readonly ProcessorConfig?: {
    readonly Mode: 'INLINE' | 'DISTRIBUTED';
    readonly ExecutionType?: 'STANDARD' | 'EXPRESS';
  };
}

/** Where a distributed Map's items come from, and how they are read. */
export interface ItemReader {
  /** `arn:aws:states:::s3:getObject` or `arn:aws:states:::s3:listObjectsV2`. */
  readonly Resource: string;
  readonly Arguments?: JsonataTemplate;
  readonly Parameters?: PayloadTemplate;
  readonly ReaderConfig?: {
    readonly InputType?: 'CSV' | 'JSON' | 'JSONL' | 'MANIFEST' | 'PARQUET';
    /** An inventory is always CSV; Athena's data are of the InputType. */
    readonly ManifestType?: 'ATHENA_DATA' | 'S3_INVENTORY';
    readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
    readonly CSVHeaders?: readonly string[];
    readonly CSVDelimiter?: 'COMMA' | 'PIPE' | 'SEMICOLON' | 'SPACE' | 'TAB';
    readonly MaxItems?: number | string;
    readonly MaxItemsPath?: string;
    readonly Transformation?: 'NONE' | 'LOAD_AND_FLATTEN';
    readonly ItemsPointer?: string;
  };
}

export interface ItemBatcher {
  readonly BatchInput?: JsonataTemplate;
  readonly MaxItemsPerBatch?: number | string;
  readonly MaxItemsPerBatchPath?: string;
  readonly MaxInputBytesPerBatch?: number | string;
  readonly MaxInputBytesPerBatchPath?: string;
}

/** Where a distributed Map writes its children's results: a bucket, or a transformation of what is kept. */
export interface ResultWriter {
  /** `arn:aws:states:::s3:putObject`. */
  readonly Resource?: string;
  readonly Arguments?: JsonataTemplate;
  readonly Parameters?: PayloadTemplate;
  readonly WriterConfig?: {
    readonly Transformation?: 'NONE' | 'COMPACT' | 'FLATTEN';
    readonly OutputType?: 'JSON' | 'JSONL';
  };
}

export interface MapState extends Common, Following, Producing, Failing, Keeping {
  readonly Type: 'Map';
  readonly Items?: readonly Json[] | string;
  readonly ItemsPath?: string;
  readonly ItemSelector?: JsonataTemplate;
  /** What ItemSelector was called. */
  readonly Parameters?: PayloadTemplate;
  readonly MaxConcurrency?: number | string;
  readonly MaxConcurrencyPath?: string;
  readonly ToleratedFailurePercentage?: number | string;
  readonly ToleratedFailurePercentagePath?: string;
  readonly ToleratedFailureCount?: number | string;
  readonly ToleratedFailureCountPath?: string;
  readonly Label?: string;
  readonly ItemReader?: ItemReader;
  readonly ItemBatcher?: ItemBatcher;
  readonly ResultWriter?: ResultWriter;
  readonly ItemProcessor: ItemProcessor;
  /** What ItemProcessor was called. */
  readonly Iterator?: Branch;
}

export interface SucceedState extends Common {
  readonly Type: 'Succeed';
  readonly Output?: JsonataTemplate;
}

export interface FailState extends Common {
  readonly Type: 'Fail';
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
}
