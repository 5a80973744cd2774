import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { eventSourceMapping } from '../lambda-control/mappings-in-scope.ts';

const MOST_WARNINGS = 50;
const MOST_NAMED = 10;

/** What a freeze does not stop, as far as the APIs tell: pipes, services and people call DynamoDB unseen. */
export interface NotFrozen {
  /** Names of the account's functions that are neither in scope nor this system's own. */
  readonly functions: readonly string[];
  /** Every event-source mapping of the account in this region. */
  readonly mappings: readonly EventSourceMappingConfiguration[];
}

/** Who may write to a table, or hears of every write to it, although the application is frozen. */
export function tableWarnings(
  { TableName, TableArn, Replicas = [] }: TableDescription,
  { functions, mappings }: NotFrozen,
): string[] {
  const regions = Replicas.map(({ RegionName = '' }) => RegionName).sort();
  const consumers = mappings
    .filter(({ EventSourceArn }) => EventSourceArn?.startsWith(`${TableArn}/stream/`))
    .map((mapping) => eventSourceMapping(mapping).functionName)
    .filter((name) => functions.includes(name));
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
  return warnings;
}

/** Which functions go on during a freeze. */
export function functionWarnings({ functions }: NotFrozen): string[] {
  if (functions.length === 0) return [];
  return [
    `functions: ${functions.length} of this account and region are not in scope and go on (${shortList(functions)}); ` +
      'stop by hand whichever of them writes to a table that is taken back',
  ];
}

/** So many that a plan stays small, and how many were left out. */
export function boundedWarnings(warnings: readonly string[]): string[] {
  const more = warnings.length - MOST_WARNINGS;
  return more > 0 ? [...warnings.slice(0, MOST_WARNINGS), `and ${more} more warnings`] : [...warnings];
}

/** A few names, each once, and how many more there are. */
export function shortList(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const more = unique.length - MOST_NAMED;
  return unique.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
