import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/**
 * Writes what a benchmark measured as JSON: its rows and whatever else it has, and what it ran on, without which
 * seconds say nothing.
 */
export function writeRows(
  file: string,
  measured: { readonly bench: string; readonly rows: readonly object[]; readonly [beside: string]: unknown },
): void {
  const { bench, ...found } = measured;
  const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model };
  writeFileSync(file, `${JSON.stringify({ bench, machine, ...found }, null, 2)}\n`);
}
