import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { DynamoDbContext, Operations } from './context.ts';
import { recoveryWindow } from './continuous-backups.ts';
import { newName, readInput, sseSpecification, tableReference } from './input.ts';
import {
  restoredDefinition,
  restoredDefinitionOverrides,
  type RestoredDefinition,
} from './restored-definition.ts';
import { describeTable, newEntry, type TableEntry } from './table-entry.ts';

const restoreInput = z.object({
  SourceTableName: tableReference.optional(),
  SourceTableArn: tableReference.optional(),
  TargetTableName: newName,
  UseLatestRestorableTime: z.boolean().default(false),
  /** Seconds since the epoch. */
  RestoreDateTime: z.number().optional(),
  SSESpecificationOverride: sseSpecification.optional(),
  ...restoredDefinitionOverrides,
});

type RestoreInput = z.output<typeof restoreInput>;

/**
 * RestoreTableToPointInTime. The new table gets the state at the instant RestoreDateTime, any fraction of a
 * second dropped (recovery has "per-second granularity"): a write at that very millisecond is in it, one a
 * millisecond later is not. It is CREATING until the restore's virtual duration has passed.
 */
export function restoreOperations(context: DynamoDbContext): Operations {
  const { engine, catalog, clock } = context;

  return {
    async RestoreTableToPointInTime(input) {
      const request = readInput(restoreInput, input);
      const source = await catalog.table(sourceOf(request), 'TableNotFoundException');
      const restoredTo = restorePoint(request, source.entry, clock.now());
      const definition = restoredDefinition(source.record, request);
      const entry = newEntry(definition, clock.now(), {
        sse: request.SSESpecificationOverride ?? source.entry.sse,
        origin: {
          sourceTableArn: source.record.TableArn,
          restoredTo,
          readyAt: clock.now() + context.restoreDuration(request.TargetTableName),
        },
      });
      await createTarget(definition);
      for (const [key, image] of source.entry.history.asOf(restoredTo))
        entry.history.record(key, { ...image, at: entry.createdAt });
      await engine.load(entry.name, entry.history.asOf(entry.createdAt));
      catalog.add(entry);
      const { record } = await catalog.table(entry.name, 'TableNotFoundException');
      return { TableDescription: describeTable(record, entry, clock.now()) };
    },
  };

  async function createTarget(definition: RestoredDefinition): Promise<void> {
    try {
      await engine.changeTable('CreateTable', definition);
    } catch (error) {
      if (error instanceof AwsError && error.code === 'ResourceInUseException')
        throw new AwsError('TableAlreadyExistsException', `Table already exists: ${definition.TableName}`);
      throw error;
    }
    await engine.setStatus(definition.TableName, 'CREATING');
  }
}

function sourceOf({ SourceTableName, SourceTableArn }: RestoreInput): string {
  const source = SourceTableArn ?? SourceTableName;
  if (source === undefined || (SourceTableArn !== undefined && SourceTableName !== undefined))
    throw new AwsError(
      'ValidationException',
      'One or more parameter values were invalid: give exactly one of SourceTableName and SourceTableArn',
    );
  return source;
}

/** The instant to restore to, in milliseconds. */
function restorePoint(request: RestoreInput, source: TableEntry, now: number): number {
  const { UseLatestRestorableTime: useLatest, RestoreDateTime: wanted } = request;
  if (useLatest === (wanted !== undefined))
    throw new AwsError(
      'ValidationException',
      'One or more parameter values were invalid: give exactly one of RestoreDateTime and UseLatestRestorableTime',
    );
  const window = recoveryWindow(source, now);
  if (window === undefined)
    throw new AwsError(
      'PointInTimeRecoveryUnavailableException',
      `Point in time recovery is not enabled for table '${source.name}'`,
    );
  if (wanted === undefined) return window.latest;
  const instant = Math.floor(wanted) * 1000;
  if (instant < window.earliest || instant > window.latest)
    throw new AwsError(
      'InvalidRestoreTimeException',
      `The restore time ${iso(instant)} is not between EarliestRestorableDateTime ${iso(window.earliest)} and LatestRestorableDateTime ${iso(window.latest)}`,
    );
  return instant;
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
