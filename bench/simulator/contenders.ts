import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Json, StateMachine } from '../../src/dsl/index.ts';
import type { Workload } from './workloads.ts';

/** Who runs workloads. What it needs is loaded when it is readied: each is measured in a process with nothing else in it. */
interface Contender {
  readonly speaks: readonly Workload['queryLanguage'][];
  /** What runs the workload once, and gives its output. @param folder where npm has installed the peer. */
  readonly ready: (workload: Workload, folder: string) => Promise<() => Promise<unknown>>;
}

const PEER = 'aws-local-stepfunctions';
const VERSION = '3.0.0';

export type ContenderName = 'rewind' | 'jsonata' | typeof PEER;

export const contenders: { readonly [name in ContenderName]: Contender } = {
  /** This simulator, with the full history. */
  rewind: {
    speaks: ['JSONata', 'JSONPath'],
    ready: async ({ machine, input }) => {
      const { simulate } = await import('../../src/dsl/index.ts');
      return async () => (await simulate(machine, input)).output;
    },
  },
  /** The `jsonata` package alone: the expressions of a workload in their order, and nothing around them. */
  jsonata: {
    speaks: ['JSONata'],
    ready: async ({ rounds = 0, expressions = [], output }) => {
      const { default: jsonata } = await import('jsonata');
      const parsed = expressions.map(({ source, bindings }) => ({ whole: jsonata(source), bindings }));
      return async () => {
        for (let round = 0; round < rounds; round++)
          for (const { whole, bindings } of parsed) await whole.evaluate(undefined, bindings(round));
        return output;
      };
    },
  },
  /** It takes JSONata for literal text, and so runs JSONPath only. */
  [PEER]: {
    speaks: ['JSONPath'],
    ready: async ({ machine, input }, folder) => {
      const { StateMachine } = createRequire(join(folder, 'package.json'))(PEER) as Peer;
      return () => new StateMachine(machine).run(input).result;
    },
  },
};

/** The peer's part that is used here. */
interface Peer {
  readonly StateMachine: new (machine: StateMachine) => {
    run(input: Json): { readonly result: Promise<unknown> };
  };
}

/**
 * Installs the peer for the benchmark alone, in `folder`, if it is not there yet: it asks for a newer Node than this
 * package.
 * @throws Error when npm cannot install it.
 */
export function installPeer(folder: string): ContenderName {
  if (!existsSync(join(folder, 'node_modules', PEER)))
    execFileSync(
      'npm',
      ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', `${PEER}@${VERSION}`],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
  return PEER;
}
