import * as z from 'zod';
import { PlanReport } from '../tasks/estimate/plan-report.ts';
import { Counts, TableName, Warnings } from '../tasks/incident.ts';

const Plan = z.object({ warnings: Warnings });
const Planned = z.array(z.object({ name: TableName, planned: Counts }));
const Passed = z.object({ tables: z.array(PlanReport) });

/**
 * What a person is told of the result of a state of `Rewind`, by its name: the variable that keeps the result, and the
 * words for it. There is no item, key or value of a selection in them.
 */
const TELLING: Readonly<
  Record<string, { readonly variable: string; readonly words: (kept: unknown) => string[] }>
> = {
  Plan: {
    variable: 'plan',
    words: (kept) => Plan.parse(kept).warnings.map((warning) => `Warning: ${warning}`),
  },
  Planned: { variable: 'planned', words: (kept) => Planned.parse(kept).map(countsText) },
  'Asked.Person.Checked': { variable: 'checked', words: estimates },
  Gate: { variable: 'gate', words: estimates },
};

/** Names of the states of `Rewind` whose results are told. */
export const TELLING_STATES: readonly string[] = Object.keys(TELLING);

/**
 * The result of a state in words, a line each.
 * @param variables what the state has assigned, each as JSON: `assignedVariables` of its exit.
 * @returns none of a state that has failed; undefined when the result is not what this version knows.
 */
export function findingsOf(state: string, variables: Readonly<Record<string, string>>): string[] | undefined {
  const told = TELLING[state];
  const kept = told === undefined ? undefined : variables[told.variable];
  // A state that has failed exits, too, and has found nothing.
  if (told === undefined || kept === undefined) return [];
  try {
    return told.words(JSON.parse(kept));
  } catch {
    return undefined;
  }
}

const number = (count: number): string => count.toLocaleString('en');

function countsText({ name, planned }: z.infer<typeof Planned>[number]): string {
  const { puts, deletes, restored, live } = planned;
  return `${name}: ${number(puts)} puts and ${number(deletes)} deletes planned, for ${number(restored)} restored and ${number(live)} live items`;
}

function estimates(kept: unknown): string[] {
  return Passed.parse(kept).tables.map(
    ({ name, estimate }) =>
      `${name}: about ${number(estimate.writeUnits)} write units and up to ${number(estimate.indexWriteUnits)} more for ` +
      `indexes, ${number(estimate.readUnits)} read units, ${number(estimate.streamRecords)} stream records, $${estimate.dollars}`,
  );
}
