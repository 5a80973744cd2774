import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One module's import, in medians over fresh processes; the start of Node, which comes before it, is left out. */
export interface ImportRow {
  readonly name: string;
  readonly bytes: number;
  readonly importMilliseconds: number;
  /** Of all of the process's threads: what `importMilliseconds` comes to where nothing else runs, or more. */
  readonly cpuMilliseconds: number;
  /** Memory that the process has gained by the import. */
  readonly residentMiB: number;
}

type Sample = Pick<ImportRow, 'importMilliseconds' | 'cpuMilliseconds' | 'residentMiB'>;

const PROBE = `
const memory = process.memoryUsage.rss();
const cpu = process.cpuUsage();
const started = performance.now();
await import(process.argv[2]);
const importMilliseconds = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
const residentMiB = (process.memoryUsage.rss() - memory) / 2 ** 20;
console.log(JSON.stringify({ importMilliseconds, cpuMilliseconds: (user + system) / 1000, residentMiB }));
`;

/** Imports each module in a process of its own, all of them in turn, so often. */
export function measureImport(modules: ReadonlyMap<string, Uint8Array>, rounds: number): ImportRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-bench-'));
  try {
    const probe = join(folder, 'probe.mjs');
    writeFileSync(probe, PROBE);
    const measured = [...modules].map(([name, code], at) => {
      const file = join(folder, `module-${at}.mjs`);
      writeFileSync(file, code);
      return { name, bytes: code.byteLength, file, samples: [] as Sample[] };
    });
    for (let round = 0; round < rounds; round += 1)
      for (const { file, samples } of measured) samples.push(importedAnew(probe, file));
    return measured.map(({ name, bytes, samples }) => ({ name, bytes, ...medians(samples) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function importedAnew(probe: string, file: string): Sample {
  // What an earlier process has compiled must not be found again.
  const env = { PATH: process.env.PATH, NODE_DISABLE_COMPILE_CACHE: '1' };
  return JSON.parse(execFileSync(process.execPath, [probe, file], { env, encoding: 'utf8' })) as Sample;
}

function medians(samples: readonly Sample[]): Sample {
  const median = (of: keyof Sample) => {
    const sorted = samples.map((sample) => sample[of]).toSorted((a, b) => a - b);
    return Math.round((sorted[samples.length >> 1] ?? 0) * 10) / 10;
  };
  return {
    importMilliseconds: median('importMilliseconds'),
    cpuMilliseconds: median('cpuMilliseconds'),
    residentMiB: median('residentMiB'),
  };
}
