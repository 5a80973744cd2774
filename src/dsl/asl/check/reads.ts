import { readExpression, type ExpressionReading } from '../read-expression.ts';
import type { Json, JsonObject } from '../machine.ts';
import { readIntrinsic } from './intrinsic.ts';
import { isList, isObject, objectsOf, step } from './json-value.ts';
import { readPath } from './json-path.ts';
import { isDeeper } from './nesting.ts';
import type { Language } from './language.ts';

/** A JSONata expression, a path or an intrinsic function in a state, read once. */
export interface Read {
  readonly place: string;
  /** The state's own field that it stands in: `Output`, `Catch`. */
  readonly field: string;
  /** Without `{%` and `%}`. */
  readonly text: string;
  /** What the place takes. */
  readonly takes: 'jsonata' | 'path' | 'reference' | 'path or intrinsic';
  /** Variables read, without `$`. */
  readonly variables: ReadonlySet<string>;
  /** Those of them whose presence is asked for. */
  readonly asked: ReadonlySet<string>;
  /** Parts of the context object, `Execution.Id`, whose presence is not asked for. */
  readonly contextParts: readonly string[];
  /** All that a JSONata expression refers to; undefined when it does not parse, and for JSONPath. */
  readonly reading: ExpressionReading | undefined;
  /** Why it cannot be read. */
  readonly fault: string | undefined;
  /** Why it fails whatever the data is. */
  readonly failing: string | undefined;
}

/** Why an expression of too many levels is not read. */
export const TOO_DEEP = 'its parts stand too deep in each other';

interface Reader {
  readonly place: string;
  readonly field: string;
}

const NONE: ReadonlySet<string> = new Set();

/** Fields whose every text may be an expression of JSONata. */
const EVALUATED =
  'Arguments Output Assign Items ItemSelector Seconds Timestamp TimeoutSeconds HeartbeatSeconds MaxConcurrency ToleratedFailureCount ToleratedFailurePercentage Credentials Error Cause ItemBatcher ResultWriter'.split(
    ' ',
  );

/** Fields that are a path, or in a Fail a path or an intrinsic function. */
const PATHS: Readonly<Record<string, Read['takes']>> = {
  InputPath: 'path',
  OutputPath: 'path',
  ItemsPath: 'path',
  ResultPath: 'reference',
  SecondsPath: 'reference',
  TimestampPath: 'reference',
  TimeoutSecondsPath: 'reference',
  HeartbeatSecondsPath: 'reference',
  MaxConcurrencyPath: 'reference',
  ToleratedFailureCountPath: 'reference',
  ToleratedFailurePercentagePath: 'reference',
  MaxItemsPath: 'reference',
  MaxItemsPerBatchPath: 'reference',
  MaxInputBytesPerBatchPath: 'reference',
  ErrorPath: 'path or intrinsic',
  CausePath: 'path or intrinsic',
};

const TEMPLATES = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign', 'Credentials', 'BatchInput'];

/** The expressions and paths of a state, not those of states inside it. */
export function readsOf(state: {
  readonly place: string;
  readonly value: JsonObject;
  readonly type: string;
  readonly language: Language;
}): readonly Read[] {
  return state.language === 'JSONata' ? jsonataReads(state) : jsonPathReads(state);
}

function jsonataReads({
  place,
  value,
}: {
  readonly place: string;
  readonly value: JsonObject;
}): readonly Read[] {
  const inField = (owner: JsonObject, fields: readonly string[], reader: (field: string) => Reader) =>
    fields.flatMap((field) => expressionsIn(owner[field] ?? null, reader(field)));
  const part = (list: 'Catch' | 'Choices', fields: readonly string[]) =>
    objectsOf(value[list]).flatMap(([one, index]) =>
      inField(one, fields, (field) => ({ place: `${place}/${list}${step(index)}/${field}`, field: list })),
    );
  return [
    ...inField(value, EVALUATED, (field) => ({ place: `${place}/${field}`, field })),
    ...readerExpressions(value.ItemReader, `${place}/ItemReader`),
    ...part('Catch', ['Output', 'Assign']),
    ...part('Choices', ['Condition', 'Output', 'Assign']),
  ];
}

/** CSV headers are text, whatever they look like. */
function readerExpressions(reader: unknown, place: string): readonly Read[] {
  if (!isObject(reader)) return [];
  const config = isObject(reader.ReaderConfig) ? Object.entries(reader.ReaderConfig) : [];
  return [
    ...expressionsIn(reader.Arguments ?? null, { place: `${place}/Arguments`, field: 'ItemReader' }),
    ...config
      .filter(([field]) => field !== 'CSVHeaders')
      .flatMap(([field, value]) =>
        expressionsIn(value, { place: `${place}/ReaderConfig/${field}`, field: 'ItemReader' }),
      ),
  ];
}

function expressionsIn(value: Json, reader: Reader): readonly Read[] {
  if (typeof value === 'string')
    return value.startsWith('{%') || value.endsWith('%}') ? [expression(value, reader)] : [];
  if (isList(value))
    return value.flatMap((one, index) =>
      expressionsIn(one, { ...reader, place: reader.place + step(index) }),
    );
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    expressionsIn(one, { ...reader, place: reader.place + step(key) }),
  );
}

function expression(text: string, reader: Reader): Read {
  const source = /^\{%([\s\S]*)%\}$/.exec(text)?.[1];
  const unread = {
    ...reader,
    text: source ?? text,
    takes: 'jsonata',
    variables: NONE,
    asked: NONE,
    contextParts: [],
    reading: undefined,
    failing: undefined,
  } as const;
  if (source === undefined) return { ...unread, fault: undefined };
  try {
    const reading = readExpression(source);
    // Whatever looks at it next would depend on how much of the stack is left.
    if (isDeeper(reading.tree)) return { ...unread, fault: TOO_DEEP };
    const { variables, asked, contextParts } = reading;
    return { ...unread, reading, variables, asked, contextParts, fault: undefined };
  } catch (fault) {
    const { message, cause } = fault as Error;
    const tooDeep = fault instanceof RangeError || cause instanceof RangeError;
    return { ...unread, fault: tooDeep ? TOO_DEEP : message };
  }
}

function jsonPathReads({
  place,
  value,
  type,
}: {
  readonly place: string;
  readonly value: JsonObject;
  readonly type: string;
}): readonly Read[] {
  const part = (field: string) => {
    const owner = value[field];
    return isObject(owner) ? fieldReads(owner, { place: `${place}/${field}`, field }) : [];
  };
  const reader =
    isObject(value.ItemReader) && isObject(value.ItemReader.ReaderConfig)
      ? value.ItemReader.ReaderConfig
      : {};
  return [
    ...fieldReads(value, { place, field: '' }),
    ...part('ItemReader'),
    ...fieldReads(reader, { place: `${place}/ItemReader/ReaderConfig`, field: 'ItemReader' }),
    ...part('ItemBatcher'),
    ...part('ResultWriter'),
    ...objectsOf(value.Catch).flatMap(([one, index]) =>
      fieldReads(one, { place: `${place}/Catch${step(index)}`, field: 'Catch' }),
    ),
    ...(type === 'Choice'
      ? objectsOf(value.Choices).flatMap(([rule, index]) =>
          ruleReads(rule, { place: `${place}/Choices${step(index)}`, field: 'Choices' }),
        )
      : []),
  ];
}

function fieldReads(owner: JsonObject, { place, field: outer }: Reader): readonly Read[] {
  const paths = Object.entries(PATHS).flatMap(([field, takes]) => {
    const value = owner[field];
    return typeof value === 'string'
      ? [pathRead(value, takes, { place: `${place}/${field}`, field: outer || field })]
      : [];
  });
  const templates = TEMPLATES.flatMap((field) =>
    templateReads(owner[field], { place: `${place}/${field}`, field: outer || field }),
  );
  return [...paths, ...templates];
}

/** A payload template: keys that end in `.$` hold a path or an intrinsic function. */
function templateReads(value: unknown, reader: Reader): readonly Read[] {
  if (isList(value))
    return value.flatMap((one, index) =>
      templateReads(one, { ...reader, place: reader.place + step(index) }),
    );
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const inside = { ...reader, place: reader.place + step(key) };
    if (!key.endsWith('.$')) return templateReads(one, inside);
    return [pathRead(typeof one === 'string' ? one : JSON.stringify(one), 'path or intrinsic', inside)];
  });
}

/** `Variable`, and the comparisons with a path, of a rule and of those inside it. */
function ruleReads(rule: JsonObject, reader: Reader): readonly Read[] {
  return Object.entries(rule).flatMap(([key, value]) => {
    const inside = { ...reader, place: reader.place + step(key) };
    if (key === 'Assign') return templateReads(value, inside);
    if (isList(value))
      return objectsOf(value).flatMap(([one, index]) =>
        ruleReads(one, { ...reader, place: inside.place + step(index) }),
      );
    if (isObject(value)) return ruleReads(value, inside);
    if (typeof value !== 'string' || (key !== 'Variable' && !key.endsWith('Path'))) return [];
    const read = pathRead(value, 'path', inside);
    // IsPresent asks: it does not fail where nothing is.
    return [rule.IsPresent === undefined ? read : { ...read, asked: read.variables, contextParts: [] }];
  });
}

function pathRead(text: string, takes: Read['takes'], reader: Reader): Read {
  const unread = { ...reader, text, takes, asked: NONE, reading: undefined, failing: undefined } as const;
  const intrinsic = takes === 'path or intrinsic' && !text.startsWith('$');
  const path = intrinsic ? readIntrinsic(text) : readPath(text, takes === 'reference');
  if (!reader.place.endsWith('/ResultPath') || path.variables.size === 0) return { ...unread, ...path };
  const fault = "a ResultPath leads into the state's input, and only Assign sets variables";
  return { ...unread, ...path, variables: NONE, fault };
}
