import type { Report } from './report.ts';
import { duration } from './duration-text.ts';
import { html, type Markup, tableOf } from './html-text.ts';
import { PAGE_STYLE } from './report-style.ts';
import { inPhases, outcomeOf } from './report-words.ts';

/** The report of an incident as one page that needs nothing else: no script, no other file. */
export function reportPage(report: Report): string {
  const { incidentId, freeze, followUps, warnings } = report;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${incidentId}: recovery report</title>
        <style>
          ${PAGE_STYLE}
        </style>
      </head>
      <body>
        <main>
          <p class="outcome">${outcomeOf(report)}</p>
          <p class="still">
            The application stood still for <strong>${duration(freeze.seconds)}</strong>, from ${freeze.from}
            to ${freeze.until}.
          </p>
          <section>
            <h2>Left to do</h2>
            <ul class="todo">
              ${followUps.map(({ text }) => html`<li>${text}</li>`)}
            </ul>
          </section>
          ${
            warnings.length === 0
              ? html``
              : html`<section class="warnings">
                  <h2>Warnings</h2>
                  <ul>
                    ${warnings.map((text) => html`<li>${text}</li>`)}
                  </ul>
                </section>`
          }
          <section>
            <h2>Tables</h2>
            ${tables(report)}
          </section>
          <section>
            <h2>Phases</h2>
            ${phases(report)}
          </section>
          <section>
            <h2>Functions, reserved concurrency</h2>
            ${settings(
              ['function'],
              report.functions.map((one) => [[one.name], one]),
            )}
          </section>
          ${
            report.provisionedConcurrency.length === 0
              ? ''
              : html`<section>
                  <h2>Provisioned concurrency that was taken away</h2>
                  ${settings(
                    ['function', 'alias or version'],
                    report.provisionedConcurrency.map((one) => [[one.functionName, one.qualifier], one]),
                  )}
                </section>`
          }
          <section>
            <h2>Event-source mappings</h2>
            ${settings(
              ['mapping', 'function'],
              report.eventSourceMappings.map((one) => [[one.uuid, one.functionName], one]),
            )}
          </section>
          <section>
            <h2>Pipes, rules and schedules</h2>
            ${settings(
              ['kind', 'name'],
              [
                ...report.pipes.map((one) => [['pipe', one.name], one] as const),
                ...report.rules.map((one) => [['rule', one.name], one] as const),
                ...report.schedules.map((one) => [['schedule', one.name], one] as const),
              ],
            )}
          </section>
          <section>
            <h2>Thaw, stage by stage</h2>
            ${tableOf(
              ['stage', 'functions', 'mappings, pipes, rules, schedules', 'done'],
              report.stages.map(({ name, functions, switches, doneAt }) => [
                name,
                functions,
                switches,
                doneAt ?? '–',
              ]),
            )}
          </section>
          <section>
            <h2>This recovery</h2>
            ${facts(report)}
          </section>
        </main>
      </body>
    </html> `.text;
}

const tables = (report: Report): Markup =>
  tableOf(
    [
      'table',
      'put',
      'deleted',
      'unchanged',
      'left alone',
      'planned put',
      'planned deleted',
      'items proven',
      'expired',
      'digest',
    ],
    report.tables.map(({ name, counts, planned, verifiedItems, expiredItems, digest }) => [
      name,
      counts.puts,
      counts.deletes,
      counts.unchanged,
      counts.leftAlone,
      planned?.counts.puts ?? '–',
      planned?.counts.deletes ?? '–',
      verifiedItems,
      expiredItems,
      // As much as tells two apart; the JSON has the whole.
      digest.slice(0, 16),
    ]),
  );

/** Each phase with its place in the whole, since some overlap. */
function phases(report: Report): Markup {
  const from = Date.parse(report.startedAt);
  const all = Math.max(1, Date.parse(report.finishedAt) - from);
  const share = (milliseconds: number) => `${((100 * milliseconds) / all).toFixed(2)}%`;
  return tableOf(
    ['phase', 'began', 'took', 'planned', 'of the whole'],
    report.phases.map(({ name, startedAt, seconds, plannedSeconds }) => [
      inPhases[name],
      startedAt,
      duration(seconds),
      plannedSeconds === null ? '–' : duration(plannedSeconds),
      html`<span
        class="bar"
        style="margin-left: ${share(Date.parse(startedAt) - from)}; width: ${share(seconds * 1000)}"
      ></span>`,
    ]),
  );
}

interface Setting {
  readonly before: string | number;
  readonly during: string | number;
  readonly after: string | number;
}

/** What is not as it was comes first. */
function settings(
  names: readonly string[],
  rows: readonly (readonly [readonly string[], Setting])[],
): Markup {
  if (rows.length === 0) return html`<p>None was in scope.</p>`;
  const changed = (setting: Setting) => setting.before !== setting.after;
  const sorted = [...rows].sort(([, left], [, right]) => Number(changed(right)) - Number(changed(left)));
  return tableOf(
    [...names, 'before', 'during', 'after', 'as before'],
    sorted.map(([name, setting]) => [
      ...name,
      String(setting.before),
      String(setting.during),
      String(setting.after),
      changed(setting) ? html`<strong class="no">NO</strong>` : 'yes',
    ]),
  );
}

const facts = (report: Report): Markup =>
  html`<dl>
    ${Object.entries({
      incident: report.incidentId,
      'restore point': report.restorePoint,
      execution: report.execution,
      'requested by': report.requestedBy ?? '– (CloudTrail tells who started it)',
      'plan approved by': report.approvedBy ?? '– (nobody was asked)',
      'incident opened': report.openedAt,
      'run started': report.startedAt,
      'all frozen': report.frozenAt,
      'run finished': report.finishedAt,
      'tables behind a write fence': report.writeFences,
    }).map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
