import { taskMemory } from '../../infra/task-memory.ts';
import { type Hold, VirtualClock } from '../../src/dsl/simulator/clock.ts';
import { inParallel } from '../../src/tasks/pacing/in-parallel.ts';
import { freezeFor, thawFor } from './lambda-control.ts';
import { type Load, reading, scanned, type TableRates, written } from './loads.ts';
import { Meter } from './meter.ts';
import { Pass } from './pass.ts';
import { mostly, type PhaseResult, type Prediction, predictionOf } from './prediction.ts';
import { type Disaster, type Setting, START_SECONDS } from './setting.ts';
import { tableRates } from './table-passes.ts';

/** An invocation goes on for twelve of its fifteen minutes, as the reference's do. */
const WORK_SECONDS = 12 * 60;

/** What the two loops enter for each invocation: the function, and the choice whether it is done. */
const TRANSITIONS_A_CALL = 2;

interface Width {
  readonly segments: number;
  readonly atOnce: number;
}

/**
 * The known way: freeze, restore, delete every item, copy every item back, thaw. It plans nothing, waits for no
 * running invocation and proves nothing. Each loop goes on for as long as it takes: that an execution is at its
 * end after 25,000 events, or after its own time-out, is left out.
 */
export async function predictDeleteAndCopy(
  name: Prediction['name'],
  {
    disaster,
    setting,
    width,
  }: { readonly disaster: Disaster; readonly setting: Setting; readonly width: Width },
): Promise<Prediction> {
  const clock = new VirtualClock();
  const meter = new Meter();
  const hold = clock.hold(name);
  const rates = tableRates(disaster, setting);
  const timed = async (work: () => Promise<string>): Promise<PhaseResult> => {
    const from = clock.now();
    const bottleneck = await work();
    return { seconds: (clock.now() - from) / 1000, bottleneck };
  };
  const pass = async (load: Load): Promise<ReadonlyMap<string, number>> =>
    runPass(new Pass(load, width.segments, { clock, setting, meter }), { width, hold, meter });
  const run = async (): Promise<Prediction> => {
    const freeze = await timed(async () => {
      await freezeFor(setting, hold, false);
      return 'Lambda control plane';
    });
    const prepare = await timed(async () => {
      await hold.sleep(setting.restoreSeconds * 1000);
      return 'restore';
    });
    const begun = clock.now();
    const reset = await timed(async () => {
      const deleted = await pass(deleting(disaster, setting, rates));
      const copied = await pass(copying(disaster, setting, rates));
      return mostly((clock.now() - begun) / 1000, [...deleted, ...copied]);
    });
    const thaw = await timed(async () => {
      await thawFor(setting, hold);
      return 'Lambda control plane';
    });
    hold.release();
    const none = { seconds: 0, bottleneck: '' };
    const gigabytes = (disaster.items * setting.itemBytes) / 2 ** 30;
    meter.restoredGigabytes = gigabytes;
    meter.storedGigabyteHours = (gigabytes * reset.seconds) / 3600;
    return predictionOf(name, disaster, {
      meter,
      phases: { freeze, prepare, plan: none, gate: none, reset, verify: none, thaw },
    });
  };
  return clock.runUntil(run());
}

/** A scan of the live table, not consistent, and a delete for each item. */
const deleting = (disaster: Disaster, setting: Setting, { live }: TableRates): Load =>
  rewriting(disaster, setting, { read: live.read, write: live.write });

/** A scan of the restored table, and a put for each item. */
const copying = (disaster: Disaster, setting: Setting, { live, restored }: TableRates): Load =>
  rewriting(disaster, setting, { read: restored.read, write: live.write });

function rewriting(
  disaster: Disaster,
  setting: Setting,
  { read, write }: { readonly read: TableRates['live']['read']; readonly write: TableRates['live']['write'] },
): Load {
  const { items } = disaster;
  const { itemBytes } = setting;
  return {
    ...reading(disaster, setting, read),
    // Of each page first the scan, then the writes.
    writesAfter: 1,
    draws: [
      { kind: 'read', rate: read, units: scanned(items, itemBytes, false) },
      { kind: 'write', rate: write, units: written(items, itemBytes) },
    ],
  };
}

async function runPass(
  pass: Pass,
  { width, hold, meter }: { readonly width: Width; readonly hold: Hold; readonly meter: Meter },
): Promise<ReadonlyMap<string, number>> {
  const segments = Array.from({ length: width.segments }, (_, segment) => segment);
  await inParallel(segments, width.atOnce, async (segment) => {
    for (let done = false; !done;) {
      const from = hold.now();
      await hold.sleep(START_SECONDS * 1000);
      done = await pass.workOn(segment, { clock: hold, until: from + WORK_SECONDS * 1000 });
      meter.invoked(taskMemory('ResetSegment'), hold.now() - from);
      meter.transitions += TRANSITIONS_A_CALL;
    }
  });
  return pass.secondsBy;
}
