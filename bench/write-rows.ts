import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Writes what a benchmark measured as JSON, and what it ran on, without which seconds say nothing. */
export function writeRows(file: string, bench: string, rows: readonly object[]): void {
  const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model };
  writeFileSync(file, `${JSON.stringify({ bench, machine, rows }, null, 2)}\n`);
}
