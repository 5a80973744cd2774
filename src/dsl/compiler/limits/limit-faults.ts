import type { HistoryReport } from './history/history-report.ts';
import type { LimitsReport } from './limits.ts';
import type { PayloadBound } from './payload-bounds.ts';

/** Why a workflow cannot run to its end within Step Functions' limits: one sentence each, with the remedy. */
export function limitFaults(
  { definition, histories, payloads }: LimitsReport,
  workflow: string,
): readonly string[] {
  return [
    ...(definition.bytes > definition.limit
      ? [
          `${workflow}: its definition has ${definition.bytes} bytes, more than ${definition.limit}; ` +
            `move a part of it into a workflow of its own`,
        ]
      : []),
    ...histories
      .filter(({ worstCase, limit }) => worstCase === 'unbounded' || worstCase >= limit)
      .map((report) => historyFault(report, workflow)),
    ...payloads.bounds
      .filter(({ atLeast }) => atLeast > payloads.limit)
      .map(
        (bound) =>
          `${payloadFault(bound, workflow)} has at least ${bound.atLeast} bytes, more than ${payloads.limit}; keep the data in S3 and pass a reference to it`,
      ),
  ];
}

/**
 * What may go wrong with large data: payloads whose schemas allow more than Step Functions does. What cannot
 * run at all `compile` refuses by itself.
 *
 * @example
 * limitWarnings(compile(ship).limits, 'Ship'); // → []
 */
export const limitWarnings = ({ payloads, histories }: LimitsReport, workflow: string): readonly string[] => [
  ...histories.flatMap((report) =>
    report.unboundedLists.map(
      ({ step, fitsItems }) =>
        `${placeOf(workflow, step)}: the history has room for ${fitsItems} items, and no schema says that there are ` +
        `no more; give the list's schema a maximum, or use forEachDistributed()`,
    ),
  ),
  ...payloads.bounds
    .filter(
      ({ bytes, atLeast }) => bytes !== 'unknown' && bytes > payloads.limit && atLeast <= payloads.limit,
    )
    .map(
      (bound) =>
        `${payloadFault(bound, workflow)} may have ${bound.bytes} bytes, more than ${payloads.limit}; ` +
        `tighten its schema, or keep the data in S3 and pass a reference to it`,
    ),
];

const placeOf = (workflow: string, step: readonly string[]): string => [workflow, ...step].join(' › ');

const payloadFault = ({ step, what, name }: PayloadBound, workflow: string): string =>
  `${placeOf(workflow, step)}: ${what === 'item' ? 'the input of an iteration' : `its ${name === undefined ? what : `variable '${name}'`}`}`;

/** How many steps a fault names. */
const NAMED = 3;

function historyFault(report: HistoryReport, workflow: string): string {
  const { of, worstCase, limit } = report;
  const whose = of.length === 0 ? 'its history' : 'the history of one of its child executions';
  if (worstCase === 'unbounded')
    return `${placeOf(workflow, of)}: ${whose} has no bound, because its states form a loop without one; use pollUntil() or repeatUntil()`;
  const dearest = report.byStep
    .slice(0, NAMED)
    .map(
      ({ step, events, why }) =>
        `${step.length === 0 ? 'the workflow itself' : step.join(' › ')} ${events} (${why})`,
    )
    .join(', ');
  return (
    `${placeOf(workflow, of)}: ${whose} may get ${worstCase} events, and an execution fails at ${limit}; ` +
    `the most come from ${dearest}; call less often, give up earlier, or move a loop into a workflow of its own or ` +
    `into forEachDistributed()`
  );
}
