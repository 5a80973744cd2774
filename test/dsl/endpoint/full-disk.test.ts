import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ExecutionLog } from '../../../src/dsl/endpoint/executions/execution-log.ts';

it.skipIf(!existsSync('/dev/full'))('names the file that cannot be written, and says what to do', () => {
  const log = new ExecutionLog('/dev/full');
  log.append('{}');
  expect(() => log.flush()).toThrow(
    '/dev/full: it cannot be written (ENOSPC: no space left on device, write); make room, and start again',
  );
});
