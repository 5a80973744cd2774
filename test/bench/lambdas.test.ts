import { expect, it } from 'vitest';
import { measureImport } from '../../bench/lambdas/measure-import.ts';

it('imports each module in a process of its own, and tells what that process gained', () => {
  const code = (text: string) => new TextEncoder().encode(text);
  const modules = new Map([
    ['empty', code('')],
    ['large', code('globalThis.kept = Buffer.alloc(2 ** 26, 1);')],
    ['empty again', code("if ('kept' in globalThis) throw new Error('is no process of its own');")],
  ]);
  const rows = measureImport(modules, 1);
  expect(rows.map(({ name, bytes }) => [name, bytes])).toEqual(
    [...modules].map(([name, { byteLength }]) => [name, byteLength]),
  );
  expect(rows[1]?.residentMiB).toBeGreaterThan(60);
  expect(rows[2]?.residentMiB).toBeLessThan(60);
});
