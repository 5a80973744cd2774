import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { table } from '../table.ts';
import { writeRows } from '../write-rows.ts';
import { contenders, type ContenderName, installPeer } from './contenders.ts';
import { measureMemory } from './measure-memory.ts';
import { measureSpeed, type SpeedRow } from './measure-speed.ts';
import { startRunner } from './runner.ts';
import { type Workload, workloads } from './workloads.ts';

export const simulatorCommand = (): Command =>
  new Command('simulator')
    .description(
      "how many states a second the simulator enters, with the full history: beside the jsonata package's bare " +
        'evaluation of the same expressions, and beside aws-local-stepfunctions, which npm installs for it; and what ' +
        'memory histories take',
    )
    .option('--out <file>', 'write the rows as JSON')
    .option('--peer <folder>', 'where the peer is installed', join(tmpdir(), 'rewind-bench-peer'))
    .action(async (options: { readonly out?: string; readonly peer: string }) => {
      const names: readonly ContenderName[] = ['rewind', 'jsonata', ...peerIn(options.peer)];
      const rows: SpeedRow[] = [];
      for (const workload of workloads) {
        const runners = names
          .filter((name) => speaks(name, workload))
          .map((name) => startRunner(name, workload, options.peer));
        rows.push(...(await measureSpeed(workload, runners, { turns: 25, warmUp: 15 })));
        for (const { end } of runners) end();
      }
      console.log(table(withRatios(rows)));
      const memory = [];
      for (const executions of [50, 200]) {
        memory.push(await measureMemory(executions, true));
        memory.push(await measureMemory(executions, false));
      }
      console.log(
        `\n${table(
          memory.map(({ history, executions, events, heldMiB, bytesPerEvent }) => ({
            history,
            executions,
            events,
            'MiB held': heldMiB,
            'bytes per event': bytesPerEvent,
          })),
        )}`,
      );
      if (options.out !== undefined) writeRows(options.out, { bench: 'simulator', rows, memory });
    });

const speaks = (name: ContenderName, { queryLanguage }: Workload): boolean =>
  contenders[name].speaks.includes(queryLanguage);

/** The peer, or none and a word why. */
function peerIn(folder: string): readonly ContenderName[] {
  try {
    return [installPeer(folder)];
  } catch (fault) {
    console.error(`without aws-local-stepfunctions, which npm cannot install: ${(fault as Error).message}`);
    return [];
  }
}

/** Beside each speed how many times that of the others Rewind's is. */
function withRatios(rows: readonly SpeedRow[]) {
  const ours = (row: SpeedRow) =>
    rows.find(
      ({ name, shape, queryLanguage }) =>
        name === 'rewind' && shape === row.shape && queryLanguage === row.queryLanguage,
    )?.transitionsPerSecond ?? Number.NaN;
  return rows.map((row) => ({
    name: row.name,
    shape: row.shape,
    language: row.queryLanguage,
    'transitions per second': row.transitionsPerSecond,
    'rewind is': row.name === 'rewind' ? '' : `${(ours(row) / row.transitionsPerSecond).toFixed(2)} x`,
  }));
}
