import { isNamed, lambdaErrorText } from '../aws-error.ts';
import { type Failure, failureOf } from '../lambda-control/failure.ts';
import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import { savedFunctions, settleFunction, type SavedFunction } from '../ledger/function-record.ts';
import type { SettingState } from '../ledger/saved-setting.ts';
import { savedSwitches } from '../ledger/switch-record.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { seenForSure } from './seen-for-sure.ts';
import { thawStages, type ThawStage } from './stages.ts';

export interface PutBack {
  /** How many are as they were, this time or since an earlier thaw; what was deleted is not counted. */
  readonly count: number;
  readonly failures: readonly Failure[];
}

const AT_ONCE = 8;
const LOOKS = 5;
const LOOK_EVERY_MILLISECONDS = 1000;

const QUOTA_REMEDY =
  'raise the quota of concurrent executions, or lower what other functions have reserved, and thaw again';

/**
 * Puts every function of the ledger back to exactly the reserved concurrency that was saved, stage by stage. What
 * cannot be put back in one does not keep the next one waiting.
 */
export async function restoreFunctions(controls: IncidentControls): Promise<PutBack> {
  const { environment, ledger } = controls;
  const functions = [...(await savedFunctions(ledger)).values()];
  const mappings = [...(await savedSwitches(ledger, 'mapping')).values()];
  const failures: Failure[] = [];
  let count = 0;
  for (const stage of thawStages(functions, mappings)) {
    const putBack = await restoreStage(stage, controls);
    count += putBack.count;
    failures.push(...putBack.failures);
    const { incidentId } = ledger;
    environment.log?.({
      task: 'Thaw',
      incidentId,
      stage: stage.name,
      functions: stage.functions.length,
      asTheyWere: putBack.count,
      failed: putBack.failures.length,
    });
  }
  return { count, failures };
}

async function restoreStage({ functions }: ThawStage, controls: IncidentControls): Promise<PutBack> {
  const { environment, ledger } = controls;
  const failures: Failure[] = [];
  const states = await inParallel(functions, AT_ONCE, async (one): Promise<SettingState> => {
    if (one.state !== 'frozen') return one.state;
    try {
      if (outOfTime(environment)) throw new Error('not reached in the time of one call');
      const state = await restore(one, controls);
      await settleFunction(ledger, one.name, state);
      return state;
    } catch (error) {
      const isRefused = isNamed(error, 'InvalidParameterValueException');
      const why = isRefused ? `${lambdaErrorText(error)} (${QUOTA_REMEDY})` : error;
      failures.push(failureOf(`function ${one.name}, to be put back to ${one.before}`, why));
      return 'frozen';
    }
  });
  return { count: states.filter((state) => state === 'thawed').length, failures };
}

async function restore(one: SavedFunction, controls: IncidentControls): Promise<'thawed' | 'gone'> {
  const { name, before } = one;
  const { environment, plane } = controls;
  let now = await seenForSure(one, () => plane.reservedConcurrency(name), controls);
  if (now !== undefined && now !== before) {
    await plane.setReservedConcurrency(name, before);
    for (let look = 1; ; look += 1) {
      now = await plane.reservedConcurrency(name);
      if (now === undefined || now === before) break;
      if (look === LOOKS) throw new Error(`reads back as ${now}`);
      await environment.clock.sleep(LOOK_EVERY_MILLISECONDS);
    }
  }
  return now === undefined ? 'gone' : 'thawed';
}
