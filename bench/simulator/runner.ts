import { startChild, TYPESCRIPT } from '../child.ts';
import type { ContenderName } from './contenders.ts';
import { type Workload, workloads } from './workloads.ts';

/** What running a workload once gave, and how long it took. */
export interface Turn {
  readonly output: unknown;
  readonly seconds: number;
}

/** A contender that is ready for a workload. */
export interface Runner {
  readonly name: string;
  readonly turn: () => Promise<Turn>;
  readonly end: () => void;
}

/**
 * The same young generation of the heap for all, in MiB. Node's own choice is smaller the more code a process has loaded,
 * and too small for any of them: whoever evaluates by promises then spends half of the time on garbage collection.
 */
const YOUNG_GENERATION = 64;

/**
 * A contender in a process of its own, so that nobody else's garbage or compiled code slows it or speeds it up.
 * @param peerFolder where npm has installed the peer.
 */
export function startRunner(name: ContenderName, workload: Workload, peerFolder: string): Runner {
  const { ask, end } = startChild(new URL('./contender-process.ts', import.meta.url), {
    name: `${name} at ${workload.shape} in ${workload.queryLanguage}`,
    arguments: [name, String(workloads.indexOf(workload)), peerFolder],
    node: [...TYPESCRIPT, `--max-semi-space-size=${YOUNG_GENERATION}`],
  });
  return { name, turn: async () => (await ask('turn')) as Turn, end };
}
