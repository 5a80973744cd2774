import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TimerQueue } from '../../../src/dsl/simulator/timer-queue.ts';

const deed = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), at: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ kind: fc.constant('cancel' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('take' as const) }),
);

it('timers come in time order, ties in the order they were added, and none that was cancelled', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 200 }), (deeds) => {
      const queue = new TimerQueue();
      const cancellations: (() => void)[] = [];
      const fired: number[] = [];
      const expected: number[] = [];
      let waiting: { at: number; id: number }[] = [];
      const take = () => {
        queue.take()?.run();
        expected.push(...waiting.splice(0, 1).map(({ id }) => id));
      };
      for (const given of deeds) {
        const id = given.kind === 'cancel' ? given.which % (cancellations.length || 1) : cancellations.length;
        if (given.kind === 'take') take();
        else if (given.kind === 'cancel') {
          cancellations[id]?.();
          waiting = waiting.filter((timer) => timer.id !== id);
        } else {
          cancellations.push(queue.add(given.at, () => fired.push(id), false));
          waiting = [...waiting, { at: given.at, id }].sort((one, two) => one.at - two.at);
        }
      }
      while (queue.next !== undefined || waiting.length > 0) take();
      expect(fired).toEqual(expected);
    }),
  );
});
