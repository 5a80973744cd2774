import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Fields } from '../json-rpc.ts';
import type { IndexRecord, TableRecord } from './dynalite.ts';

const throughput = z.object({ ReadCapacityUnits: z.int().min(1), WriteCapacityUnits: z.int().min(1) });
const indexOverrides = z.array(z.looseObject({ IndexName: z.string() })).optional();

/** The settings of a restore that replace the source's own. */
export const restoredDefinitionOverrides = {
  BillingModeOverride: z.enum(['PROVISIONED', 'PAY_PER_REQUEST']).optional(),
  ProvisionedThroughputOverride: throughput.optional(),
  GlobalSecondaryIndexOverride: indexOverrides,
  LocalSecondaryIndexOverride: indexOverrides,
};

const request = z.object({ TargetTableName: z.string(), ...restoredDefinitionOverrides });

/** A CreateTable input. */
export type RestoredDefinition = Fields & Pick<TableRecord, 'TableName' | 'KeySchema'>;

/**
 * The CreateTable input of a restored table: the source's current definition, save what is overridden. Indexes
 * may be left out, never added; an empty override means none.
 * @throws AwsError ValidationException for an index that the source does not have.
 */
export function restoredDefinition(
  source: TableRecord,
  overrides: z.output<typeof request>,
): RestoredDefinition {
  const billingMode =
    overrides.BillingModeOverride ?? source.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  const provisioned = billingMode === 'PROVISIONED';
  const globals = kept(source.GlobalSecondaryIndexes, overrides.GlobalSecondaryIndexOverride);
  const locals = kept(source.LocalSecondaryIndexes, overrides.LocalSecondaryIndexOverride);
  const keys = [source, ...globals, ...locals].flatMap(({ KeySchema }) => KeySchema);
  const keyNames = new Set(keys.map(({ AttributeName }) => AttributeName));
  return {
    TableName: overrides.TargetTableName,
    KeySchema: source.KeySchema,
    AttributeDefinitions: source.AttributeDefinitions.filter((each) => keyNames.has(each.AttributeName)),
    BillingMode: billingMode,
    ...(provisioned && {
      ProvisionedThroughput: capacity(
        overrides.ProvisionedThroughputOverride ?? source.ProvisionedThroughput,
      ),
    }),
    ...(globals.length > 0 && {
      GlobalSecondaryIndexes: globals.map((index) => ({
        ...definitionOf(index),
        ...(provisioned && { ProvisionedThroughput: capacity(index['ProvisionedThroughput'] as Fields) }),
      })),
    }),
    ...(locals.length > 0 && { LocalSecondaryIndexes: locals.map(definitionOf) }),
  };
}

function kept(
  existing: readonly IndexRecord[] = [],
  wanted: readonly { readonly IndexName: string }[] | undefined,
): readonly IndexRecord[] {
  if (wanted === undefined) return existing;
  return wanted.map(({ IndexName }) => {
    const index = existing.find((candidate) => candidate.IndexName === IndexName);
    if (index !== undefined) return index;
    throw new AwsError(
      'ValidationException',
      `One or more parameter values were invalid: the source table has no index ${IndexName}`,
    );
  });
}

function definitionOf({ IndexName, KeySchema, Projection }: IndexRecord): Fields {
  return { IndexName, KeySchema, Projection };
}

/** On-demand tables report zero capacity, which CreateTable refuses: then one unit of each. */
function capacity(source: Fields | undefined): Fields {
  const atLeastOne = (units: unknown) => Math.max(1, Number(units ?? 1));
  return {
    ReadCapacityUnits: atLeastOne(source?.['ReadCapacityUnits']),
    WriteCapacityUnits: atLeastOne(source?.['WriteCapacityUnits']),
  };
}
