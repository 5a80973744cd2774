import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import type { Pipe } from '@aws-sdk/client-pipes';
import { eventSourceMapping } from '../lambda-control/mappings-in-scope.ts';
import type { SurveyedTable } from './look-at-table.ts';
import { seenOr } from './look.ts';
import { pipesOfTable } from './pipes.ts';
import { shortList } from '../short-list.ts';

/** What a freeze does not stop, as far as the APIs tell: services and people call DynamoDB unseen. */
export interface NotFrozen {
  /** Names of the account's functions that are neither in scope nor this system's own. */
  readonly functions: readonly string[];
  /** Every event-source mapping of the account in this region. */
  readonly mappings: readonly EventSourceMappingConfiguration[];
  /** The pipes that run. */
  readonly pipes: readonly Pipe[];
}

/** Who may write to a table, or hears of every write to it, although the application is frozen. */
export function tableWarnings(table: SurveyedTable, { functions, mappings, pipes }: NotFrozen): string[] {
  const description = seenOr(table.description, undefined);
  if (description === undefined) return [];
  const { TableName, TableArn = '', Replicas = [] } = description;
  const regions = Replicas.map(({ RegionName = '' }) => RegionName).sort();
  const consumers = mappings
    .filter(({ EventSourceArn }) => EventSourceArn?.startsWith(`${TableArn}/stream/`))
    .map((mapping) => eventSourceMapping(mapping).functionName)
    .filter((name) => functions.includes(name));
  const reading = pipesOfTable(pipes, TableArn);
  const kinesis = seenOr(table.kinesisStreams, []);
  const warnings: string[] = [];
  if (regions.length > 0)
    warnings.push(
      `tables: ${TableName} has replicas (${shortList(regions)}): what is written there is written here too, and no ` +
        'freeze of this system stops it; stop the writers of those regions by hand',
    );
  if (consumers.length > 0)
    warnings.push(
      `tables: the stream of ${TableName} feeds ${shortList(consumers)}, which the freeze does not stop: every ` +
        'write of the reset reaches it; stop it by hand if it writes to a table that is taken back',
    );
  if (reading.length > 0)
    warnings.push(
      `tables: the stream of ${TableName} feeds the pipes ${shortList(reading)} (EventBridge Pipes), which the freeze ` +
        'does not stop: every write of the reset reaches their targets; stop by hand whichever leads to a writer',
    );
  if (kinesis.length > 0)
    warnings.push(
      `tables: ${TableName} streams to Kinesis (${shortList(kinesis)}): every write of the reset reaches whoever reads ` +
        'there; stop by hand whichever of them writes to a table that is taken back',
    );
  return warnings;
}

/** Which functions go on during a freeze. */
export function functionWarnings(functions: readonly string[]): string[] {
  if (functions.length === 0) return [];
  return [
    `functions: ${functions.length} of this account and region are not in scope and go on (${shortList(functions)}); ` +
      'stop by hand whichever of them writes to a table that is taken back',
  ];
}

/**
 * Which functions have executions that outlast a freeze: those of a durable function may live for a year, and go on
 * where they waited (Lambda guide, "Durable functions").
 */
export function durableWarnings(functions: readonly string[]): string[] {
  if (functions.length === 0) return [];
  return [
    `functions: ${shortList(functions)} are durable: their executions that wait stand still during the freeze, and go on ` +
      'after the thaw with what they knew before it; look through them before, and stop those that the restored data ' +
      'make wrong',
  ];
}

/**
 * Which functions may not heed what a freeze sets: that reserved concurrency 0 stops a function on Lambda Managed
 * Instances, which have a scaling of their own (API_PutFunctionScalingConfig), is not documented (Lambda guide, "Scaling
 * Lambda Managed Instances").
 */
export function managedInstanceWarnings(functions: readonly string[]): string[] {
  if (functions.length === 0) return [];
  return [
    `functions: ${shortList(functions)} run on Lambda Managed Instances, and AWS does not say that reserved concurrency 0, ` +
      'which a freeze sets, stops these; try it out before, and stop by hand whichever of them go on',
  ];
}
