import { expect, it } from 'vitest';
import { StateFailure } from '../../../../src/dsl/simulator/state-failure.ts';
import { coverageDot } from '../../../../src/dsl/testing/coverage/coverage-dot.ts';
import { Coverage } from '../../../../src/dsl/testing/coverage/coverage.ts';
import { testMachine } from '../../../../src/dsl/testing/test-machine.ts';
import { invoking, machineOf } from '../../simulator/machines.ts';

it('colours the loop of the Retrier that had the state tried again, also after one without attempts', async () => {
  const machine = machineOf({
    Ask: {
      ...invoking('Ask'),
      Retry: [
        { ErrorEquals: ['Never'], MaxAttempts: 0 },
        { ErrorEquals: ['Busy'], MaxAttempts: 1 },
        { ErrorEquals: ['Slow'], MaxAttempts: 1 },
      ],
      End: true,
    },
  });
  const errors = ['Busy'];
  const Ask = () => {
    const error = errors.shift();
    if (error !== undefined) throw new StateFailure(error);
    return {};
  };
  const coverage = new Coverage();
  await testMachine({ name: 'Shop', machine }, { coverage, functions: { Ask } }).run({});
  const dots = coverage.records.map((record) => coverageDot(record, 'Shop').split('\n'));
  const loops = dots.flatMap((lines) => lines.filter((line) => line.includes('"Ask" -> "Ask"')));
  expect(loops).toEqual([expect.stringContaining('"solid"'), expect.stringContaining('"dashed"')]);
});
