import { Command } from 'commander';
import { table } from '../table.ts';
import { writeRows } from '../write-rows.ts';
import { checkTypes } from './check-types.ts';
import { CHAINS, type Chain, ROUND } from './long-workflow.ts';

/** Steps of the lengths that are compared, each a whole number of rounds. */
export const LENGTHS = { early: [ROUND, 2 * ROUND], late: [4 * ROUND, 5 * ROUND] } as const;

/** Instantiations for each added step, of a short workflow and of a long one. */
export interface Growth {
  readonly early: number;
  readonly late: number;
}

export const typesCommand = (): Command =>
  new Command('types')
    .description(
      "what checking a workflow's types costs for each added step, early and late: workflows of every kind of step in " +
        "turn and of each kind alone, checked by TypeScript's own compiler in a process of its own",
    )
    .option('--out <file>', 'write the rows as JSON')
    .action(({ out }: { out?: string }) => {
      const [mixed] = CHAINS as readonly [Chain];
      const checks = [...LENGTHS.early, ...LENGTHS.late].map((steps) => checkTypes([mixed], steps));
      console.log(table(checks.map((check) => ({ ...check, seconds: check.seconds.toFixed(2) }))));
      const rows = CHAINS.map((chain) => ({ chain: chain.chain, ...growthOf([chain]) }));
      console.log(
        `\n${table(
          rows.map(({ chain, early, late }) => ({
            chain,
            [`${LENGTHS.early.join('-')} steps`]: early,
            [`${LENGTHS.late.join('-')} steps`]: late,
            'late / early': (late / early).toFixed(2),
          })),
        )}`,
      );
      if (out !== undefined) writeRows(out, { bench: 'types', rows: [...checks, ...rows] });
    });

/** How what each added step costs grows in these workflows, together. */
export function growthOf(chains: readonly Chain[]): Growth {
  const added = ([from, to]: readonly [number, number]): number =>
    (instantiations(to) - instantiations(from)) / (to - from);
  const instantiations = (steps: number): number => checkTypes(chains, steps).instantiations;
  return { early: added(LENGTHS.early), late: added(LENGTHS.late) };
}
