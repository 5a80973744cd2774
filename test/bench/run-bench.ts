import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { vi } from 'vitest';

/**
 * Runs a benchmark's command with its output silenced, and gives what it wrote with `--out`.
 * @param options as on the command line, parted by one space.
 */
export async function runBench(command: Command, options: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-bench-test-'));
  const out = join(folder, 'rows.json');
  const silenced = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')];
  for (const spy of silenced) spy.mockImplementation(() => {});
  try {
    await command.parseAsync([...options.split(' '), '--out', out], { from: 'user' });
    return JSON.parse(readFileSync(out, 'utf8'));
  } finally {
    for (const spy of silenced) spy.mockRestore();
    rmSync(folder, { recursive: true });
  }
}
