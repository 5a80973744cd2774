import { lambdaErrorText } from '../aws-error.ts';
import { awaitMappings } from '../lambda-control/await-mappings.ts';
import type { LambdaControlPlane } from '../lambda-control/control-plane.ts';
import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import {
  eventSourceMapping,
  isLeaving,
  type EventSourceMapping,
} from '../lambda-control/mappings-in-scope.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import { savedMappings, settleMapping, type SavedMapping } from '../ledger/mapping-record.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import type { PutBack } from './restore-functions.ts';

const AT_ONCE = 4;
/** The longest that any kind of poller is given to start. */
const PATIENCE_MILLISECONDS = 5 * 60_000;

/** Puts every mapping of the ledger back on or off, as it was, and waits until Lambda says that it is. */
export async function resumeMappings({ environment, ledger, plane }: IncidentControls): Promise<PutBack> {
  const saved = [...(await savedMappings(ledger)).values()];
  const owed = saved.filter(({ state }) => state === 'frozen');
  const failures = new Map<string, string>();
  if (owed.length > 0) {
    const now = await look(owed, plane);
    await inParallel(owed, AT_ONCE, async (one) => {
      try {
        if (outOfTime(environment)) throw new Error('not reached in the time of one call');
        await resume(one, now.get(one.uuid), plane);
      } catch (error) {
        failures.set(one.uuid, lambdaErrorText(error));
      }
    });
  }
  for (const state of ['Enabled', 'Disabled']) {
    const uuids = owed
      .filter((one) => wantedState(one) === state && !failures.has(one.uuid))
      .map(({ uuid }) => uuid);
    const awaited = { uuids, states: [state], patience: PATIENCE_MILLISECONDS };
    for (const late of await awaitMappings(awaited, plane, environment))
      failures.set(late.uuid, `still ${late.state}, to be ${state}`);
  }
  const settled = owed.filter(({ uuid }) => !failures.has(uuid));
  const left = await look(settled, plane);
  for (const { uuid } of settled)
    await settleMapping(ledger, uuid, isLeaving(left.get(uuid)) ? 'gone' : 'thawed');
  const thawedBefore = saved.filter(({ state }) => state === 'thawed').length;
  return {
    count: thawedBefore + settled.filter(({ uuid }) => !isLeaving(left.get(uuid))).length,
    failures: owed
      .filter(({ uuid }) => failures.has(uuid))
      .map(
        ({ uuid, functionName }) => `event-source mapping ${uuid} of ${functionName}: ${failures.get(uuid)}`,
      ),
  };
}

/** The mappings by UUID. One that the list lacks is asked for by itself before it counts as gone. */
async function look(
  wanted: readonly SavedMapping[],
  plane: LambdaControlPlane,
): Promise<ReadonlyMap<string, EventSourceMapping>> {
  if (wanted.length === 0) return new Map();
  const found = new Map(
    (await plane.mappings()).map(eventSourceMapping).map((mapping) => [mapping.uuid, mapping]),
  );
  for (const { uuid } of wanted) {
    const single = found.has(uuid) ? undefined : await plane.mapping(uuid);
    if (single !== undefined) found.set(uuid, eventSourceMapping(single));
  }
  return found;
}

function wantedState({ enabledBefore }: SavedMapping): 'Enabled' | 'Disabled' {
  return enabledBefore ? 'Enabled' : 'Disabled';
}

async function resume(
  { uuid, enabledBefore }: SavedMapping,
  now: EventSourceMapping | undefined,
  plane: LambdaControlPlane,
): Promise<void> {
  if (isLeaving(now)) return;
  const there = enabledBefore ? ['Enabled', 'Enabling'] : ['Disabled', 'Disabling'];
  if (!there.includes(now?.state ?? '')) await plane.setMappingEnabled(uuid, enabledBefore);
}
