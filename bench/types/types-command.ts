import { Command, InvalidArgumentError } from 'commander';
import { table } from '../table.ts';
import { writeRows } from '../write-rows.ts';
import { type TypeCheck, checkTypes } from './check-types.ts';
import { ROUND } from './long-workflow.ts';

/** A measured length, and what each step more than in the one before it cost. */
export interface TypesRow extends TypeCheck {
  readonly perAddedStep: number | undefined;
}

export const typesCommand = (): Command =>
  new Command('types')
    .description(
      "what checking a workflow's types costs: workflows of these lengths, with steps of every kind, each " +
        "checked by TypeScript's own compiler in a process of its own",
    )
    .option('--steps <list>', 'the lengths, ascending', stepsOf, [ROUND, 2 * ROUND, 4 * ROUND, 5 * ROUND])
    .option('--out <file>', 'write the rows as JSON')
    .action(({ steps, out }: { steps: readonly number[]; out?: string }) => {
      const rows = measureTypes(steps);
      console.log(
        table(
          rows.map((row) => ({
            steps: row.steps,
            instantiations: row.instantiations,
            'per added step': row.perAddedStep,
            seconds: row.seconds.toFixed(2),
          })),
        ),
      );
      if (out !== undefined) writeRows(out, { bench: 'types', rows });
    });

/** Checks a workflow of each length, the shortest first. */
export function measureTypes(steps: readonly number[]): readonly TypesRow[] {
  const checks = steps.map(checkTypes);
  return checks.map((check, at) => {
    const before = checks[at - 1];
    const added = before && (check.instantiations - before.instantiations) / (check.steps - before.steps);
    return { ...check, perAddedStep: added === undefined ? undefined : Math.round(added) };
  });
}

function stepsOf(list: string): readonly number[] {
  const steps = list.split(',').map(Number);
  if (steps.some((count, at) => !Number.isInteger(count) || count <= (steps[at - 1] ?? 0)))
    throw new InvalidArgumentError("Give whole numbers from 1 that ascend, for example '10,20,40'.");
  return steps;
}
