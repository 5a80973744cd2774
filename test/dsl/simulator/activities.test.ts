import { describe, expect, it } from 'vitest';
import { simulate, type ResourceFake } from '../../../src/dsl/simulator/simulate.ts';
import { StateFailure } from '../../../src/dsl/simulator/state-failure.ts';
import { eventsOf, machineOf } from './machines.ts';

const arn = 'arn:aws:states:us-east-1:000000000000:activity:sew';

const run = (worker: ResourceFake | undefined, fields: object = {}) =>
  simulate(
    machineOf({ Sew: { Type: 'Task', Resource: arn, End: true, ...fields } }),
    { cloth: 'red' },
    { activities: worker === undefined ? {} : { [arn]: worker } },
  );

describe('an activity', () => {
  it('is done by its worker, with events of its own', async () => {
    const result = await run((input) => ({ sewn: input }), { TimeoutSeconds: 60, HeartbeatSeconds: 10 });
    expect(result.output).toEqual({ sewn: { cloth: 'red' } });
    expect(eventsOf(result).slice(2, 5)).toEqual([
      '3 ActivityScheduled after 2',
      '4 ActivityStarted after 3',
      '5 ActivitySucceeded after 4',
    ]);
    expect(result.history[2]?.activityScheduledEventDetails).toMatchObject({
      resource: arn,
      timeoutInSeconds: 60,
      heartbeatInSeconds: 10,
    });
  });

  it('fails with what its worker fails with', async () => {
    const result = await run(() => {
      throw new StateFailure('Torn', 'a nail');
    });
    expect(result).toMatchObject({ error: 'Torn', cause: 'a nail' });
    expect(result.history[4]?.activityFailedEventDetails).toEqual({ error: 'Torn', cause: 'a nail' });
  });

  it('times out without a heartbeat', async () => {
    const result = await run((_cloth, { clock }) => clock.sleep(20_000), { HeartbeatSeconds: 10 });
    expect(result).toMatchObject({ error: 'States.Timeout', virtualMilliseconds: 10_000 });
    expect(result.history[4]?.type).toBe('ActivityTimedOut');
  });

  it('goes on while its worker beats', async () => {
    const worker: ResourceFake = async (_input, { clock, token, tokens }) => {
      await clock.sleep(8000);
      tokens.sendTaskHeartbeat(token as string);
      await clock.sleep(8000);
      return 'done';
    };
    expect((await run(worker, { HeartbeatSeconds: 10 })).output).toBe('done');
  });

  it('that nobody knows ends the execution', async () => {
    expect(await run(undefined)).toMatchObject({
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'Sew' (entered at the event id #2). The activity ${arn} does not exist.`,
    });
  });
});
