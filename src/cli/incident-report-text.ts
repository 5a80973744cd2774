import type { Report } from '../tasks/report/report.ts';
import { duration } from '../tasks/report/duration-text.ts';
import { paint } from './progress-line.ts';
import { inPhases, outcomeOf } from '../tasks/report/report-words.ts';

/** The report of an incident for a terminal: what matters first; the lists are in the JSON and on the page. */
export function incidentReportText(report: Report): string {
  return [
    paint('green', outcomeOf(report)),
    `  stood still  ${duration(report.freeze.seconds)}, from ${report.freeze.from} to ${report.freeze.until}`,
    `  execution    ${report.execution}`,
    ...section(
      'Left to do',
      report.followUps.map(({ text }) => `  - ${text}`),
    ),
    ...section(
      'Warnings',
      report.warnings.map((text) => `  - ${text}`),
    ),
    ...section(
      'Phases',
      report.phases.map(({ name, startedAt, seconds, plannedSeconds }) => {
        const planned = plannedSeconds === null ? '' : `, planned ${duration(plannedSeconds)}`;
        return `  ${inPhases[name]}: ${duration(seconds)}${planned}, from ${startedAt}`;
      }),
    ),
    ...section(
      'Tables',
      report.tables.map(
        ({ name, counts, verifiedItems }) =>
          `  ${name}: ${counts.puts} put, ${counts.deletes} deleted, ${counts.unchanged} unchanged; ${verifiedItems} items proven`,
      ),
    ),
  ].join('\n');
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', paint('bold', title), ...lines];
