import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, vi } from 'vitest';
import { bundleTasks } from '../../infra/bundle-tasks.ts';
import { tasks } from '../../infra/tasks.ts';

const names = tasks.map(({ taskName }) => taskName);
const bundleOf = (task: string) => join(bundleTasks(), task, 'index.mjs');

test.each(names)('bundles %s into less than 430 KB', (task) => {
  expect(statSync(bundleOf(task)).size).toBeLessThan(430_000);
});

test.each(names)('loads the bundle of %s, which then asks for its configuration', async (task) => {
  // The line that each invocation logs.
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const { handler } = (await import(pathToFileURL(bundleOf(task)).href)) as {
    handler: (payload: unknown, context: object) => Promise<unknown>;
  };
  const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 1000 };
  await expect(handler({}, context)).rejects.toMatchObject({
    name: 'InvalidConfiguration',
    message: expect.stringContaining('REWIND_SYSTEM: is not set'),
  });
});
