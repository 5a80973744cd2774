import type { Language } from './language.ts';
import type { ValueRule } from './value-rule.ts';

/** A field of an object of the language: what it takes, and in which query language it is there. */
export interface FieldRule {
  readonly takes: ValueRule;
  /** Undefined: in both. */
  readonly only?: Language;
}

/** The fields an object of the language may and must have. */
export interface Shape {
  readonly fields: Readonly<Record<string, FieldRule>>;
  readonly required?: readonly string[];
  /** Of each group exactly one must be given. */
  readonly exactlyOne?: readonly (readonly string[])[];
  /** Of each group one at most may be given. */
  readonly atMostOne?: readonly (readonly string[])[];
  /** Of each group one at least must be given. */
  readonly atLeastOne?: readonly (readonly string[])[];
}

const both = (takes: ValueRule): FieldRule => ({ takes });
const jsonata = (takes: ValueRule): FieldRule => ({ takes, only: 'JSONata' });
const jsonPath = (takes: ValueRule): FieldRule => ({ takes, only: 'JSONPath' });
const word = (...words: string[]) => both({ kind: 'word', words });
const whole = (least: number, most: number) =>
  both({ kind: 'number', least, most, whole: true, expression: false });
/** A number that a JSONata state may also compute. */
const computed = (least: number, most: number, isWhole = true) =>
  both({ kind: 'number', least, most, whole: isWhole, expression: true });

const any = { kind: 'any' } as const;
const text = both({ kind: 'text' });
const object = both({ kind: 'object' });
const fullList = both({ kind: 'full list' });
const path = jsonPath({ kind: 'path', nullable: false });
const pathOrNull = jsonPath({ kind: 'path', nullable: true });

/** Source: developer guide, "Task workflow state": the default of TimeoutSeconds and its largest value. */
const LONGEST = 99_999_999;
/** A leap year. Source: developer guide, "Handling errors", "MaxDelaySeconds". */
const LONGEST_DELAY = 31_622_400;

const COMMON = { Type: text, Comment: text, QueryLanguage: word('JSONPath', 'JSONata') };
const FOLLOWED = { Next: text, End: both({ kind: 'flag' }) };
const ASSIGN = { Assign: object };
const OUTPUT = { Output: jsonata(any) };
const PATHS = { InputPath: pathOrNull, OutputPath: pathOrNull };
/** What every state has that another one may follow. */
const GOING_ON = { ...COMMON, ...FOLLOWED, ...ASSIGN, ...OUTPUT, ...PATHS };
const RESULT_PATH = { ResultPath: pathOrNull };
const PARAMETERS = { Parameters: jsonPath(any) };
const ARGUMENTS = { Arguments: jsonata(any) };
/** What every state has whose work has a result and may fail. */
const WORKING = {
  ...GOING_ON,
  ...RESULT_PATH,
  ...PARAMETERS,
  ResultSelector: jsonPath({ kind: 'object' }),
  Retry: both({ kind: 'list' }),
  Catch: both({ kind: 'list' }),
};
const NEXT_OR_END = [['Next', 'End']];

/** The states by type. Source: ASL specification, "State Types", and the developer guide's page of each. */
const STATES: Readonly<Record<string, Shape>> = {
  Pass: {
    fields: {
      ...GOING_ON,
      ...RESULT_PATH,
      ...PARAMETERS,
      Result: jsonPath(any),
    },
    exactlyOne: NEXT_OR_END,
  },
  Task: {
    fields: {
      ...WORKING,
      ...ARGUMENTS,
      Resource: text,
      TimeoutSeconds: computed(1, LONGEST),
      TimeoutSecondsPath: path,
      HeartbeatSeconds: computed(1, LONGEST),
      HeartbeatSecondsPath: path,
      Credentials: both({ kind: 'object or expression' }),
    },
    required: ['Resource'],
    exactlyOne: NEXT_OR_END,
    atMostOne: [
      ['TimeoutSeconds', 'TimeoutSecondsPath'],
      ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
    ],
  },
  Choice: {
    fields: { ...COMMON, ...ASSIGN, ...OUTPUT, ...PATHS, Choices: fullList, Default: text },
    required: ['Choices'],
  },
  Wait: {
    fields: {
      ...GOING_ON,
      Seconds: computed(0, LONGEST),
      SecondsPath: path,
      Timestamp: text,
      TimestampPath: path,
    },
    exactlyOne: [...NEXT_OR_END, ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath']],
  },
  Succeed: { fields: { ...COMMON, ...OUTPUT, ...PATHS } },
  Fail: {
    fields: { ...COMMON, Error: text, ErrorPath: path, Cause: text, CausePath: path },
    atMostOne: [
      ['Error', 'ErrorPath'],
      ['Cause', 'CausePath'],
    ],
  },
  Parallel: {
    fields: {
      ...WORKING,
      ...ARGUMENTS,
      Branches: fullList,
    },
    required: ['Branches'],
    exactlyOne: NEXT_OR_END,
  },
  Map: {
    fields: {
      ...WORKING,
      ItemProcessor: object,
      Iterator: object,
      Items: jsonata({ kind: 'list or expression' }),
      ItemsPath: path,
      ItemSelector: both(any),
      MaxConcurrency: computed(0, Infinity),
      MaxConcurrencyPath: path,
      ToleratedFailureCount: computed(0, Infinity),
      ToleratedFailureCountPath: path,
      ToleratedFailurePercentage: computed(0, 100, false),
      ToleratedFailurePercentagePath: path,
      Label: text,
      ItemReader: object,
      ItemBatcher: object,
      ResultWriter: object,
    },
    exactlyOne: [...NEXT_OR_END, ['ItemProcessor', 'Iterator']],
    atMostOne: [
      ['MaxConcurrency', 'MaxConcurrencyPath'],
      ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
      ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
      ['ItemSelector', 'Parameters'],
    ],
  },
};

export const stateTypes: readonly string[] = Object.keys(STATES);

export const stateShape = (type: string): Shape | undefined =>
  Object.hasOwn(STATES, type) ? STATES[type] : undefined;

export const machineShape: Shape = {
  fields: {
    Comment: text,
    QueryLanguage: COMMON.QueryLanguage,
    StartAt: text,
    States: object,
    Version: word('1.0'),
    TimeoutSeconds: whole(1, LONGEST),
  },
  required: ['States', 'StartAt'],
};

/** A branch of a Parallel. */
export const branchShape: Shape = {
  fields: { Comment: text, StartAt: text, States: object },
  required: ['States', 'StartAt'],
};

/** The body of a Map. */
export const processorShape: Shape = {
  fields: { ...branchShape.fields, ProcessorConfig: object },
  required: ['States', 'StartAt'],
};

export const processorConfigShape: Shape = {
  fields: { Mode: word('INLINE', 'DISTRIBUTED'), ExecutionType: word('STANDARD', 'EXPRESS') },
};

export const retrierShape: Shape = {
  fields: {
    Comment: text,
    ErrorEquals: fullList,
    IntervalSeconds: whole(1, LONGEST),
    MaxAttempts: whole(0, LONGEST),
    BackoffRate: both({ kind: 'number', least: 1, most: Infinity, whole: false, expression: false }),
    MaxDelaySeconds: whole(1, LONGEST_DELAY),
    JitterStrategy: word('FULL', 'NONE'),
  },
  required: ['ErrorEquals'],
};

export const catcherShape: Shape = {
  fields: { Comment: text, ErrorEquals: fullList, Next: text, ...ASSIGN, ...OUTPUT, ...RESULT_PATH },
  required: ['ErrorEquals', 'Next'],
};

/** A rule of a JSONata Choice. */
export const conditionShape: Shape = {
  fields: { Comment: text, Condition: both(any), Next: text, ...ASSIGN, ...OUTPUT },
  required: ['Condition', 'Next'],
};

/** Source: developer guide, "ItemReader (Map)". */
export const itemReaderShape: Shape = {
  fields: { Resource: text, ReaderConfig: object, ...PARAMETERS, ...ARGUMENTS },
  required: ['Resource'],
};

export const readerConfigShape: Shape = {
  fields: {
    InputType: word('CSV', 'JSON', 'JSONL', 'MANIFEST', 'PARQUET'),
    ManifestType: word('ATHENA_DATA', 'S3_INVENTORY'),
    Transformation: word('NONE', 'LOAD_AND_FLATTEN'),
    CSVHeaderLocation: word('FIRST_ROW', 'GIVEN'),
    CSVHeaders: fullList,
    CSVDelimiter: word('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'),
    ItemsPointer: text,
    MaxItems: computed(0, 100_000_000),
    MaxItemsPath: path,
  },
  atMostOne: [['MaxItems', 'MaxItemsPath']],
};

/** Source: developer guide, "ItemBatcher (Map)". */
export const itemBatcherShape: Shape = {
  fields: {
    BatchInput: both(any),
    MaxItemsPerBatch: computed(0, Infinity),
    MaxItemsPerBatchPath: path,
    MaxInputBytesPerBatch: computed(0, 262_144),
    MaxInputBytesPerBatchPath: path,
  },
  atMostOne: [
    ['MaxItemsPerBatch', 'MaxItemsPerBatchPath'],
    ['MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'],
  ],
  atLeastOne: [
    ['MaxItemsPerBatch', 'MaxItemsPerBatchPath', 'MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'],
  ],
};

/** Source: developer guide, "ResultWriter (Map)". */
export const resultWriterShape: Shape = {
  fields: { Resource: text, WriterConfig: object, ...PARAMETERS, ...ARGUMENTS },
  atLeastOne: [['Resource', 'WriterConfig']],
};

export const writerConfigShape: Shape = {
  fields: { Transformation: word('NONE', 'COMPACT', 'FLATTEN'), OutputType: word('JSON', 'JSONL') },
  required: ['Transformation', 'OutputType'],
};
