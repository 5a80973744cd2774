import { afterEach, describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import { simulate, type SimulatedFunction } from '../../../src/dsl/simulator/simulate.ts';
import { invoking, machineOf } from './machines.ts';

const machine = machineOf({ Ask: { ...invoking('f'), TimeoutSeconds: 10, End: true } });

const pausing = machineOf({ Pause: { Type: 'Wait', Seconds: 5, End: true } });

const run = (f: (clock: VirtualClock) => SimulatedFunction) => {
  const clock = new VirtualClock(0, { patience: 50 });
  return simulate(machine, {}, { clock, functions: { f: f(clock) } });
};

afterEach(() => {
  vi.useRealTimers();
});

describe('a function that holds the clock and does nothing more', () => {
  it.each<[string, (clock: VirtualClock) => SimulatedFunction]>([
    ['never settles', () => () => new Promise(() => {})],
    [
      'waits for a timeout that its own waiting keeps away',
      () =>
        (_payload, { signal }) =>
          new Promise((resolve) => signal.addEventListener('abort', resolve)),
    ],
    [
      'sleeps on the clock around it',
      (clock) => () => new Promise<void>((resolve) => clock.schedule(clock.now() + 1000, resolve)),
    ],
    ['runs another machine on the same clock', (clock) => () => simulate(pausing, {}, { clock })],
  ])('and %s is named', async (_what, f) => {
    await expect(run(f)).rejects.toThrow(
      "virtual time has stood still for 50 ms of real time: the function 'f' of state 'Ask' has neither returned " +
        "nor slept; to wait use the invocation's clock.sleep",
    );
  });

  it('is named to whoever runs the clock, also when fake timers are installed', async () => {
    vi.useFakeTimers();
    await expect(run(() => () => new Promise(() => {}))).rejects.toThrow("the function 'f' of state 'Ask'");
  });
});

it('slow work is left alone as long as it works', async () => {
  const busy = () => {
    const end = performance.now() + 120;
    while (performance.now() < end);
    return new Promise((resolve) => setImmediate(resolve));
  };
  const { status } = await run(() => async () => {
    await busy();
    await busy();
    return 1;
  });
  expect(status).toBe('SUCCEEDED');
});

it('fake timers do not stop the virtual clock', async () => {
  vi.useFakeTimers();
  const { virtualMilliseconds } = await simulate(pausing, {});
  expect(virtualMilliseconds).toBe(5000);
});
