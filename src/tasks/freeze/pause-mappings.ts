import { lambdaErrorText } from '../aws-error.ts';
import { awaitMappings } from '../lambda-control/await-mappings.ts';
import type { FunctionInScope } from '../lambda-control/functions-in-scope.ts';
import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import { mappingsInScope, isLeaving, type EventSourceMapping } from '../lambda-control/mappings-in-scope.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import { saveMapping, savedMappings, type SavedMapping } from '../ledger/mapping-record.ts';
import { inParallel } from '../pacing/in-parallel.ts';

export interface PausedMappings {
  readonly uuids: readonly string[];
  readonly changed: number;
  readonly failures: readonly string[];
}

const AT_ONCE = 4;
const SETTLED = ['Enabled', 'Enabling', 'Disabled', 'Disabling'];
/** A deploy's change to a mapping takes seconds. */
const SETTLE_PATIENCE_MILLISECONDS = 60_000;

/**
 * Tells every mapping that feeds a function in scope to pause. This comes before the functions stop: a
 * poller that runs into a stopped function uses up its messages' receive counts.
 */
export async function pauseMappings(
  functions: readonly FunctionInScope[],
  controls: IncidentControls,
): Promise<PausedMappings> {
  const { environment, ledger } = controls;
  const saved = await savedMappings(ledger);
  const mappings = await readSettled(functions, controls);
  const results = await inParallel(mappings, AT_ONCE, async (mapping): Promise<Partial<PausedMappings>> => {
    try {
      if (outOfTime(environment)) throw new Error('not reached in the time of one call');
      const changed = await pause(mapping, saved.get(mapping.uuid), controls);
      return changed === 'gone' ? {} : { uuids: [mapping.uuid], changed: Number(changed) };
    } catch (error) {
      const place = `event-source mapping ${mapping.uuid} of ${mapping.functionName}`;
      return { failures: [`${place}: ${lambdaErrorText(error)}`] };
    }
  });
  return {
    uuids: results.flatMap(({ uuids }) => uuids ?? []),
    changed: results.reduce((sum, { changed }) => sum + (changed ?? 0), 0),
    failures: results.flatMap(({ failures }) => failures ?? []),
  };
}

/** The mappings of the scope, after waiting for those whose state does not tell yet if they are on or off. */
async function readSettled(
  functions: readonly FunctionInScope[],
  { environment, plane }: IncidentControls,
): Promise<EventSourceMapping[]> {
  const found = mappingsInScope(await plane.mappings(), functions);
  const uuids = found
    .filter((mapping) => !isLeaving(mapping) && !SETTLED.includes(mapping.state))
    .map(({ uuid }) => uuid);
  if (uuids.length === 0) return found;
  await awaitMappings({ uuids, states: SETTLED, patience: SETTLE_PATIENCE_MILLISECONDS }, plane, environment);
  return mappingsInScope(await plane.mappings(), functions);
}

async function pause(
  mapping: EventSourceMapping,
  record: SavedMapping | undefined,
  { ledger, plane }: IncidentControls,
): Promise<boolean | 'gone'> {
  if (isLeaving(mapping)) return 'gone';
  if (!SETTLED.includes(mapping.state))
    throw new Error(`still ${mapping.state}, which does not tell whether it is on`);
  const enabled = mapping.state === 'Enabled' || mapping.state === 'Enabling';
  if (record?.state !== 'frozen') await saveMapping(ledger, { ...mapping, enabledBefore: enabled });
  if (!enabled) return false;
  return (await plane.setMappingEnabled(mapping.uuid, false)) ? true : 'gone';
}
