import { kinds } from '../dsl/testing/coverage/coverable.ts';
import type { MachineCoverage } from '../dsl/testing/coverage/coverage.ts';

interface Share {
  readonly covered: number;
  readonly total: number;
}

/** Of a hundred, to one place, never rounded up: 100 means all. */
export const percentOf = ({ covered, total }: Share): number =>
  total === 0 ? 100 : Math.floor((covered / total) * 1000) / 10;

/** A table of the machines, and below it what of each is missing. */
export function coverageText(report: readonly MachineCoverage[]): string {
  const head = ['machine', '%', 'all', ...kinds];
  const rows = report.map((machine) => [
    machine.name,
    percentOf(machine).toFixed(1),
    shareText(machine),
    ...kinds.map((kind) => shareText(machine.kinds[kind])),
  ]);
  const missing = report
    .filter((machine) => machine.missing.length > 0)
    .map(
      ({ name, missing }) =>
        `${name} is not covered in\n${missing.map(({ words }) => `  ${words}\n`).join('')}`,
    );
  return [table([head, ...rows]), ...missing].join('\n').trimEnd();
}

const shareText = ({ covered, total }: Share): string => (total === 0 ? '-' : `${covered}/${total}`);

/** The first column to the left, figures to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .concat('\n'),
    )
    .join('');
}
