import { CALLS_PER_SECOND, READS_PER_SECOND } from '../../src/tasks/lambda-control/call-rates.ts';
import type { TaskClock } from '../../src/tasks/handler.ts';
import { Pace } from '../../src/tasks/pacing/pace.ts';
import { LIST_PAGE } from './limits.ts';
import { MAPPING_SECONDS, type Setting } from './setting.ts';

/** The calls that freeze and thaw make to Lambda's control plane, at their own pace. */
class Calls {
  readonly #changes: Pace;
  readonly #reads: Pace;
  readonly #setting: Setting;

  constructor(clock: TaskClock, setting: Setting) {
    this.#changes = new Pace(CALLS_PER_SECOND, clock);
    this.#reads = new Pace(READS_PER_SECOND, clock);
    this.#setting = setting;
  }

  async lists(): Promise<void> {
    const { functions, mappings } = this.#setting;
    await turns(this.#changes, Math.ceil(functions / LIST_PAGE.functions));
    await turns(this.#changes, Math.ceil(mappings / LIST_PAGE.mappings));
  }

  changes = (count: number): Promise<void> => turns(this.#changes, count);
  reads = (count: number): Promise<void> => turns(this.#reads, count);
}

async function turns(pace: Pace, count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await pace.turn();
}

/** Pauses every mapping, then stops every function; or, as a sweep, finds that there is nothing to do. */
export async function freezeFor(setting: Setting, clock: TaskClock, sweep: boolean): Promise<void> {
  const calls = new Calls(clock, setting);
  await calls.lists();
  if (!sweep) {
    await calls.changes(setting.mappings);
    if (setting.mappings > 0) await clock.sleep(MAPPING_SECONDS * 1000);
  }
  await Promise.all([calls.reads(setting.functions), calls.changes(sweep ? 0 : setting.functions)]);
}

/** Puts every function back and reads it again, then resumes every mapping. */
export async function thawFor(setting: Setting, clock: TaskClock): Promise<void> {
  const calls = new Calls(clock, setting);
  await Promise.all([calls.reads(2 * setting.functions), calls.changes(setting.functions)]);
  await calls.changes(setting.mappings);
  if (setting.mappings > 0) await clock.sleep(MAPPING_SECONDS * 1000);
}
