import { expect, it } from 'vitest';
import { measureEndpoint } from '../../bench/serve/measure-endpoint.ts';

it('measures executions that have all ended', async () => {
  const row = await measureEndpoint(150);
  expect(row).toMatchObject({ executions: 150 });
  expect(row.residentMiB).toBeGreaterThan(row.heapMiB);
});
