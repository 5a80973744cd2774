import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { compareNumbers } from '../item/canonical-number.ts';
import { namesOnPath } from './attribute-path.ts';
import type { AttributeCondition, AttributePath, KeyCondition, Only, Value } from './only.ts';
import { type WantedValue, wantedValue } from './wanted-value.ts';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  S: 'text',
  N: 'a number',
  B: 'a binary',
  BOOL: 'true or false',
};
const HOW_WRITTEN: Readonly<Record<string, string>> = {
  S: '"text"',
  N: 'a whole number or { "N": "1.5" }',
  B: '{ "B": "base64" }',
};

/**
 * Why a selection cannot be meant, each with its place and remedy, never with a value: values are data.
 * @param place where the request has the selection: `tables[0].only`.
 * @param table as DynamoDB describes it.
 */
export function selectionFaults(place: string, only: Only, table: TableDescription): string[] {
  const { partitionKey, sortKey, where = [], changedSince } = only;
  if (partitionKey === undefined && sortKey === undefined && where.length === 0 && changedSince === undefined)
    return [
      `${place}: has no condition; give partitionKey, sortKey, where or changedSince, or leave 'only' out to ` +
        'take back the whole table',
    ];
  return [
    ...(partitionKey ? keyFaults(`${place}.partitionKey`, partitionKey, keyOf(table, 'HASH')) : []),
    ...(sortKey ? sortKeyFaults(`${place}.sortKey`, sortKey, table) : []),
    ...where.flatMap((condition, index) => attributeFaults(`${place}.where[${index}]`, condition)),
    ...(changedSince
      ? [
          ...pathFaults(`${place}.changedSince.attribute`, changedSince.attribute),
          ...orderFaults(`${place}.changedSince.since`, changedSince.since),
        ]
      : []),
  ];
}

interface KeyAttribute {
  readonly name: string;
  readonly type: string;
}

function keyOf(table: TableDescription, kind: 'HASH' | 'RANGE'): KeyAttribute | undefined {
  const name = table.KeySchema?.find(({ KeyType }) => KeyType === kind)?.AttributeName;
  if (name === undefined) return undefined;
  const found = table.AttributeDefinitions?.find(({ AttributeName }) => AttributeName === name);
  return { name, type: found?.AttributeType ?? 'S' };
}

function sortKeyFaults(place: string, condition: KeyCondition, table: TableDescription): string[] {
  const key = keyOf(table, 'RANGE');
  if (key === undefined) return [`${place}: ${table.TableName} has no sort key; leave it out`];
  return keyFaults(place, condition, key);
}

function keyFaults(place: string, condition: KeyCondition, key: KeyAttribute | undefined): string[] {
  const { equals, beginsWith } = condition;
  const value = equals ?? beginsWith;
  if (value === undefined || (equals !== undefined && beginsWith !== undefined))
    return [`${place}: needs either equals or beginsWith, and not both`];
  const { type } = wantedValue(value);
  const operator = equals === undefined ? 'beginsWith' : 'equals';
  if (key !== undefined && type !== key.type)
    return [
      `${place}.${operator}: is ${TYPE_WORDS[type]}, but the key '${key.name}' holds ${TYPE_WORDS[key.type]}; ` +
        `write it as ${HOW_WRITTEN[key.type]}`,
    ];
  return beginsWith === undefined ? [] : beginningFaults(`${place}.beginsWith`, beginsWith);
}

function attributeFaults(place: string, condition: AttributeCondition): string[] {
  const { attribute, exists, equals, beginsWith, atLeast, atMost } = condition;
  const values = [equals, beginsWith, atLeast, atMost].filter((value) => value !== undefined);
  const faults = pathFaults(`${place}.attribute`, attribute);
  if (exists === undefined && values.length === 0)
    faults.push(`${place}: needs one of equals, beginsWith, atLeast, atMost and exists`);
  if (exists === false && values.length > 0)
    faults.push(`${place}: what does not exist has no value; give exists: false alone`);
  if (beginsWith !== undefined) faults.push(...beginningFaults(`${place}.beginsWith`, beginsWith));
  if (atLeast !== undefined) faults.push(...orderFaults(`${place}.atLeast`, atLeast));
  if (atMost !== undefined) faults.push(...orderFaults(`${place}.atMost`, atMost));
  if (atLeast !== undefined && atMost !== undefined && !inOrder(wantedValue(atLeast), wantedValue(atMost)))
    faults.push(`${place}: nothing is both atLeast and atMost these values; exchange or correct them`);
  return faults;
}

function pathFaults(place: string, path: AttributePath): string[] {
  return namesOnPath(path).includes('')
    ? [
        `${place}: has an empty name between its dots; write it like name.of.nested.one, or as a list of names`,
      ]
    : [];
}

function beginningFaults(place: string, value: Value): string[] {
  const beginning = wantedValue(value);
  if (beginning.type === 'N' || beginning.type === 'BOOL')
    return [`${place}: only text and binaries have a beginning; use equals, atLeast or atMost`];
  return beginning.bytes.length === 0
    ? [`${place}: is empty, and everything begins with that; leave it out or give a beginning`]
    : [];
}

function orderFaults(place: string, value: Value): string[] {
  return typeof value === 'boolean' ? [`${place}: true and false have no order; use equals`] : [];
}

function inOrder(low: WantedValue, high: WantedValue): boolean {
  if (low.type === 'N' && high.type === 'N') return compareNumbers(low.decimal, high.decimal) <= 0;
  if ('bytes' in low && 'bytes' in high && low.type === high.type)
    return Buffer.compare(low.bytes, high.bytes) <= 0;
  return false;
}
