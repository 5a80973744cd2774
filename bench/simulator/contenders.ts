import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import jsonata from 'jsonata';
import { type Json, type StateMachine, simulate } from '../../src/dsl/index.ts';
import type { Workload } from './workloads.ts';

/** Who runs workloads: ready for one, it runs it once and gives its output. */
export interface Contender {
  readonly name: string;
  /** What runs the workload once; undefined when it cannot. */
  readonly ready: (workload: Workload) => (() => Promise<unknown>) | undefined;
}

/** This simulator, with the full history. */
export const rewind: Contender = {
  name: 'rewind',
  ready:
    ({ machine, input }) =>
    async () =>
      (await simulate(machine, input)).output,
};

/** The `jsonata` package alone: the expressions of a JSONata workload in their order, and nothing around them. */
export const bareJsonata: Contender = {
  name: 'jsonata',
  ready: ({ rounds, expressions, output }) => {
    if (rounds === undefined || expressions === undefined) return undefined;
    const parsed = expressions.map(({ source, bindings }) => ({ whole: jsonata(source), bindings }));
    return async () => {
      for (let round = 0; round < rounds; round++)
        for (const { whole, bindings } of parsed) await whole.evaluate(undefined, bindings(round));
      return output;
    };
  },
};

const PEER = 'aws-local-stepfunctions';
const VERSION = '3.0.0';

/** The peer's part that is used here. */
interface Peer {
  readonly StateMachine: new (machine: StateMachine) => {
    run(input: Json): { readonly result: Promise<unknown> };
  };
}

/**
 * The peer, which takes JSONata for literal text and so runs JSONPath only. It is installed by npm for the
 * benchmark alone, in `folder`, if it is not there yet: it asks for a newer Node than this package.
 * @throws Error when npm cannot install it.
 */
export function peer(folder: string): Contender {
  if (!existsSync(join(folder, 'node_modules', PEER)))
    execFileSync(
      'npm',
      ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', `${PEER}@${VERSION}`],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
  const { StateMachine } = createRequire(join(folder, 'package.json'))(PEER) as Peer;
  return {
    name: PEER,
    ready: ({ queryLanguage, machine, input }) =>
      queryLanguage === 'JSONPath' ? () => new StateMachine(machine).run(input).result : undefined,
  };
}
