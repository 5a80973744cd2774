import type { StateMachine } from '../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../src/dsl/simulator/clock.ts';
import { type ExecutionResult, simulate } from '../../src/dsl/simulator/simulate.ts';
import { machines } from '../../src/rehearsal/recovery-run.ts';
import { RESTORABLE_LAG_SECONDS } from './limits.ts';
import { Meter } from './meter.ts';
import { PhaseClock } from './phases.ts';
import { mostly, type Prediction, predictionOf } from './prediction.ts';
import { recoveryWorld, REQUEST } from './recovery-world.ts';
import type { Disaster, Setting } from './setting.ts';
import { Account } from './stand-in.ts';
import { type PassName, TablePasses } from './table-passes.ts';
import { widthOf } from './width.ts';

/** What Lambda's control plane takes its time for. */
const CONTROL_PLANE = 'Lambda control plane';

/**
 * Runs the compiled Rewind and all that it starts in the simulator, with functions that take the time which the
 * limits and the rate of a core leave them.
 * @throws Error when the recovery does not succeed.
 */
export async function predictRewind(disaster: Disaster, setting: Setting): Promise<Prediction> {
  const clock = new VirtualClock();
  const meter = new Meter();
  const account = new Account(meter, setting.lambdaAtOnce);
  const division = widthOf(disaster, setting);
  const passes = new TablePasses({ clock, setting, disaster, segments: division.segments, meter });
  const phases = new PhaseClock(clock.now());
  const { status, error, cause, stopDate } = await simulate(machines.Rewind as StateMachine, REQUEST, {
    name: 'Rewind',
    machines,
    clock,
    keepHistory: false,
    fieldValidationMode: 'PRESENT',
    ...recoveryWorld({ account, passes, disaster, setting, division, clock }),
    onEvent: ({ type, stateEnteredEventDetails: entered }, { machineName, mapRunArn }) => {
      if (type === 'ExecutionStarted') account.executionStarted(clock.now());
      if (entered === undefined) return;
      account.stateEntered(clock.now());
      if (machineName === 'Rewind' && mapRunArn === undefined) phases.stateEntered(entered.name, clock.now());
    },
  });
  if (status !== 'SUCCEEDED')
    throw new Error(
      `${disaster.items} items at damage ${disaster.damage}: the recovery does not come to its end: ` +
        whyNot({ status, error, cause }),
    );
  const seconds = phases.seconds(stopDate);
  const gigabytes = (disaster.items * setting.itemBytes) / 2 ** 30;
  meter.restoredGigabytes = gigabytes;
  meter.storedGigabyteHours =
    (gigabytes * (seconds.plan + seconds.gate + seconds.reset + seconds.verify)) / 3600;
  const drain = setting.longestTimeoutSeconds + RESTORABLE_LAG_SECONDS;
  const table = (phase: 'plan' | 'reset' | 'verify', ...names: readonly PassName[]) => ({
    seconds: seconds[phase],
    bottleneck: mostly(seconds[phase], passes.heldUp(...names)),
  });
  return predictionOf('rewind', disaster, {
    meter,
    phases: {
      freeze: { seconds: seconds.freeze, bottleneck: CONTROL_PLANE },
      prepare: {
        seconds: seconds.prepare,
        bottleneck: setting.restoreSeconds > drain ? 'restore' : 'running invocations',
      },
      plan: table('plan', 'plan'),
      gate: { seconds: seconds.gate, bottleneck: CONTROL_PLANE },
      reset: table('reset', 'reset'),
      verify: table('verify', 'verify live', 'verify restored'),
      thaw: { seconds: seconds.thaw, bottleneck: CONTROL_PLANE },
    },
  });
}

/** What an execution ended with: of one whose child ended badly the child's own, however deep. */
function whyNot({ status, error, cause = '' }: Pick<ExecutionResult, 'status' | 'error' | 'cause'>): string {
  if (error !== 'States.TaskFailed') return `${status}, ${error ?? ''}: ${cause}`;
  const child = JSON.parse(cause) as { StateMachineArn: string; Status: ExecutionResult['status'] } & {
    readonly [detail in 'Error' | 'Cause']?: string;
  };
  const name = child.StateMachineArn.split(':').at(-1);
  return `${name} ${whyNot({ status: child.Status, error: child.Error, cause: child.Cause })}`;
}
