import { restoringActions } from '../../../asl/iam-action.ts';
import type { JsonObject } from '../../../asl/machine.ts';
import {
  arnOf,
  type CallPlace,
  type Need,
  need,
  needAnywhere,
  needSomewhere,
  objectsOf,
  type ServiceNeeds,
  textOf,
} from '../need.ts';
import type { ContextValues } from '../request-context.ts';
import { objectOf } from '../../object-of.ts';

/** Actions without resources. Source: Service Authorization Reference, "Amazon DynamoDB". */
const ON_NOTHING = new Set([
  'DescribeEndpoints',
  'DescribeLimits',
  'DescribeReservedCapacity',
  'ListBackups',
  'ListGlobalTables',
  'ListTables',
]);

/** What PartiQL needs is named after the statement's verb. */
const PARTIQL: Readonly<Record<string, string>> = {
  SELECT: 'PartiQLSelect',
  INSERT: 'PartiQLInsert',
  UPDATE: 'PartiQLUpdate',
  DELETE: 'PartiQLDelete',
};

/** In a transaction each part needs the action that it would need alone. */
const IN_TRANSACTION: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** Where an action that is on no table says what it is on. */
const NAMED_BY = ['BackupArn', 'StreamArn', 'TableArn', 'ExportArn', 'ImportArn', 'ResourceArn'];

/** The use of tables, their indexes, backups and streams. Keys that encrypt them are not looked at. */
export const dynamodbNeeds: ServiceNeeds = (action, args, place) => {
  const on = (name: string, given: JsonObject): Need => {
    const table = tableArn(textOf(given.TableName), place);
    const index = textOf(given.IndexName);
    const resource = table !== undefined && index !== undefined ? `${table}/index/${index}` : table;
    return need(`dynamodb:${name}`, resource, leadingKey(given));
  };
  if (ON_NOTHING.has(action)) return [needAnywhere(`dynamodb:${action}`)];
  if (action === 'BatchGetItem' || action === 'BatchWriteItem')
    return Object.keys(objectOf(args.RequestItems)).map((table) => on(action, { TableName: table }));
  if (action === 'TransactGetItems' || action === 'TransactWriteItems')
    return objectsOf(args.TransactItems).flatMap((item) =>
      Object.entries(item).map(([part, given]) => on(IN_TRANSACTION[part] ?? part, objectOf(given))),
    );
  if (action === 'ExecuteStatement') return [partiqlNeed(args)];
  if (action === 'BatchExecuteStatement') return objectsOf(args.Statements).map(partiqlNeed);
  if (action === 'ExecuteTransaction') return objectsOf(args.TransactStatements).map(partiqlNeed);
  if (action === 'RestoreTableToPointInTime') {
    const source = textOf(args.SourceTableArn) ?? tableArn(textOf(args.SourceTableName), place);
    return [need(`dynamodb:${action}`, source), ...restoring(args, place)];
  }
  if (action === 'RestoreTableFromBackup')
    return [need(`dynamodb:${action}`, textOf(args.BackupArn)), ...restoring(args, place)];
  if (args.TableName !== undefined) return [on(action, args)];
  const globalTable = textOf(args.GlobalTableName);
  // Of version 2017.11.29, and in no region.
  if (globalTable !== undefined)
    return [need(`dynamodb:${action}`, `arn:aws:dynamodb::${place.account}:global-table/${globalTable}`)];
  const field = NAMED_BY.find((name) => args[name] !== undefined);
  return [need(`dynamodb:${action}`, field === undefined ? undefined : textOf(args[field]))];
};

/** A restore fills its target in the name of whoever asks for it. */
function restoring(args: JsonObject, place: CallPlace): readonly Need[] {
  const target = tableArn(textOf(args.TargetTableName), place);
  return restoringActions.map((action) => need(action, target));
}

const tableArn = (given: string | undefined, place: CallPlace): string | undefined =>
  arnOf(given, { service: 'dynamodb', resource: 'table/', place });

/** A key of one attribute is the partition key; of two, the call does not say which is. */
function leadingKey({ Key }: JsonObject): ContextValues {
  const [only, ...more] = Object.values(objectOf(Key));
  const value = only === undefined || more.length > 0 ? undefined : Object.values(objectOf(only))[0];
  return typeof value === 'string' ? { 'dynamodb:LeadingKeys': value } : {};
}

function partiqlNeed({ Statement }: JsonObject): Need {
  const [verb = ''] = (textOf(Statement) ?? '').trim().split(/\s/);
  return needSomewhere(`dynamodb:${PARTIQL[verb.toUpperCase()] ?? 'PartiQLSelect'}`);
}
