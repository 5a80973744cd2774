import type { RehearsalReport } from '../rehearsal/rehearsal-report.ts';
import type { SettingProof } from '../rehearsal/proof.ts';
import { duration } from '../tasks/report/duration-text.ts';
import { paint } from './progress-line.ts';

/** The closing report of a rehearsal, for a terminal. */
export function reportText(report: RehearsalReport): string {
  return (report.frozen ? recoveryText(report) : [verdict(report)]).join('\n');
}

function recoveryText(report: RehearsalReport): string[] {
  return [
    '',
    ...tablesText(report),
    '',
    ...settingsText('Functions, reserved concurrency', 'function', report.functions),
    ...settingsText('Event-source mappings', 'mapping', report.eventSourceMappings),
    ...settingsText('Pipes', 'pipe', report.pipes),
    ...settingsText('Rules of EventBridge', 'rule', report.rules),
    ...settingsText('Schedules', 'schedule', report.schedules),
    ...settingsText('Resource policies, statements', 'table', report.policies),
    applicationText(report),
    `The recovery wrote ${report.writesByRecovery} items; ${sum(report.damage)} had been damaged ` +
      `(${report.damage.overwritten} overwritten, ${report.damage.deleted} deleted, ${report.damage.junk} junk), ` +
      `others written since the restore point.`,
    `Virtual time of the recovery ${duration(report.virtualSeconds)}; real time of the rehearsal ` +
      `${report.realSeconds.toFixed(1)} s; peak memory ${Math.round(report.peakMemoryMiB)} MiB; seed ${report.seed}.`,
    '',
    verdict(report),
  ];
}

function tablesText({ tables, restorePoint }: RehearsalReport): string[] {
  const selective = tables.some((table) => table.selective);
  const others = selective ? ', what is not selected as it was when the application was frozen' : '';
  return [
    paint('bold', `Tables at ${restorePoint}${others}`),
    tableOf(
      [
        'table',
        'read',
        'put',
        'deleted',
        'unchanged',
        ...(selective ? ['left alone'] : []),
        'items now',
        'equal',
      ],
      tables.map((table) => [
        table.name,
        table.restored + table.live,
        table.puts,
        table.deletes,
        table.unchanged,
        ...(selective ? [table.leftAlone] : []),
        table.items,
        table.equal
          ? 'yes'
          : `NO: ${table.missing} missing, ${table.extra} extra, ${table.different} different`,
      ]),
    ),
  ];
}

function settingsText(title: string, thing: string, settings: readonly SettingProof[]): string[] {
  const head = [thing, 'before', 'frozen', 'after', 'as before'];
  return [paint('bold', title), tableOf(head, settings.map(settingRow)), ''];
}

function applicationText({ application }: RehearsalReport): string {
  const { writes, refused, refusedByFences, writesWhileFrozen } = application;
  const container =
    refusedByFences === 0
      ? ''
      : `, its container, which is no function, ${refusedByFences} times by write fences`;
  return (
    `The application wrote ${writes} times. Its users were refused ${refused} times by stopped functions${container}; ` +
    `${writesWhileFrozen} writes got through the freeze.`
  );
}

function verdict(report: RehearsalReport): string {
  if (report.succeeded)
    return paint(
      'green',
      `RECOVERED: ${provenText(report)}; every function, mapping, pipe, rule, schedule and policy is as it was.`,
    );
  const why = report.error === undefined ? '' : `\n${report.error}: ${inWords(report.cause ?? '')}`;
  const untouched = report.frozen
    ? ''
    : '\nNothing was touched: no function was frozen and no live table was written.';
  return paint('red', `NOT RECOVERED: the execution ${report.status}.`) + why + untouched;
}

const provenText = ({ tables }: RehearsalReport): string =>
  tables.some(({ selective }) => selective)
    ? 'every item that was to be taken back is as it was at the restore point, every other one as it was at the freeze'
    : 'every table equals its content at the restore point';

/** A Lambda function's cause is JSON; its words are the `errorMessage`. */
function inWords(cause: string): string {
  try {
    return (JSON.parse(cause) as { errorMessage?: string }).errorMessage ?? cause;
  } catch {
    return cause;
  }
}

const settingRow = ({ name, before, frozen, after, equal }: SettingProof) => [
  name,
  before,
  frozen,
  after,
  equal ? 'yes' : 'NO',
];

const sum = (parts: Readonly<Record<string, number>>): number =>
  Object.values(parts).reduce((total, part) => total + part, 0);

/** Columns wide enough for what is in them; numbers to the right. */
function tableOf(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const width = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => String(row[column] ?? '').length)),
  );
  const line = (cells: readonly (string | number)[]) =>
    cells
      .map((cell, column) =>
        typeof cell === 'number'
          ? String(cell).padStart(width[column] ?? 0)
          : cell.padEnd(width[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [paint('dim', line(head)), ...rows.map(line)].map((text) => `  ${text}`).join('\n');
}
