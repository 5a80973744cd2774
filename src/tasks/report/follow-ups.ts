import type { SavedSwitch } from '../ledger/switch-record.ts';
import type { SomeNames } from '../incident.ts';
import type { FollowUp, Report } from './report.ts';
import type { Run } from './run.ts';
import type { Settings } from './settings.ts';
import { these } from './these.ts';

const HOUR = 3600;
/** Lambda keeps an asynchronous invocation so long at most, less where a function says so (lambda/invocation-async). */
const ASYNC_SECONDS = 6 * HOUR;
/** DynamoDB keeps a stream's records so long (amazondynamodb/Streams), and so does a Kinesis stream by default. */
const STREAM_SECONDS = 24 * HOUR;

/** What is left to do and no software can, as far as it is known from the recovery. */
export function followUpsOf(
  run: Run,
  freeze: Report['freeze'],
  { functions, mappings, pipes, rules, schedules }: Settings,
): FollowUp[] {
  const window = `between ${freeze.from} and ${freeze.until}`;
  const stopped = functions.filter(({ before }) => before !== 0);
  const paused = mappings.filter(({ enabledBefore }) => enabledBefore);
  const stoppedPipes = pausedOf(pipes);
  const quietRules = pausedOf(rules);
  const quiet = [...quietRules.map((id) => `rule ${id}`), ...pausedOf(schedules)];
  const fed = [...new Set(paused.map(({ functionName }) => functionName))];
  const streamed = run.planned.filter(({ estimate }) => estimate.streamRecords > 0).map(({ name }) => name);
  const followUps: (FollowUp | false)[] = [
    {
      code: 'removeCause',
      text:
        'If what did the damage is not taken out yet (code, a job, a message in a queue), take it out now: the thaw ' +
        'brought the application back as it was, with what queues, streams and retries kept meanwhile.',
    },
    (stopped.length > 0 || paused.length > 0) && {
      code: 'redriveDeadLetterQueues',
      text:
        `Look into the dead-letter queues and on-failure destinations of the frozen functions` +
        `${fed.length > 0 ? ` and of the sources of ${these(fed)}` : ''}; redrive what came ${window}.`,
    },
    stopped.length > 0 && { code: 'repeatAsyncInvocations', text: asyncText(freeze) },
    (stopped.length > 0 || quiet.length > 0) && {
      code: 'repeatSchedules',
      text:
        `Schedules that fired ${window} did not run; start by hand what must have run.` +
        (quiet.length > 0 ? ` These were paused, and did not fire at all: ${these(quiet)}.` : '') +
        scheduleText(run.missedSchedules),
    },
    quietRules.length > 0 && {
      code: 'replayEvents',
      text:
        `Events that came ${window} and that these rules match went nowhere, since the rules were paused: ` +
        `${these(quietRules)}; replay them from an archive of their event bus, if it has one.`,
    },
    paused.length + stoppedPipes.length > 0 &&
      freeze.seconds > STREAM_SECONDS && {
        code: 'catchUpStreams',
        text:
          `The freeze lasted more than 24 hours, for which DynamoDB and, by default, Kinesis keep records: ` +
          `what reads a stream may have missed some (${readersText(fed, stoppedPipes)}).`,
      },
    {
      code: 'rebuildCopies',
      text:
        'Rebuild search indexes, caches and other copies of what was derived from damaged items; ' +
        (streamed.length > 0
          ? `those fed by the streams of ${these(streamed)} have seen the reset's writes as ordinary changes.`
          : 'no stream of a table has told them of the reset.'),
    },
    {
      code: 'undoOutsideEffects',
      text: `E-mails sent, payments made and files written since ${run.restorePoint} are not undone.`,
    },
    {
      code: 'deleteCopies',
      text: `When all is well, delete the on-demand backups of this incident (rewind-…)${
        run.keptRestoredTables
          ? ` and the tables ${these(run.tables.map(({ restoredName }) => restoredName))}`
          : ''
      }: they are full copies of your data.`,
    },
    { code: 'startPipeline', text: 'Start the deploy pipeline again.' },
  ];
  return followUps.filter((followUp) => followUp !== false);
}

const pausedOf = (switches: readonly SavedSwitch[]): string[] =>
  switches.filter(({ enabledBefore }) => enabledBefore).map(({ id }) => id);

const readersText = (fed: readonly string[], pipes: readonly string[]): string =>
  [
    ...(fed.length > 0 ? [`functions ${these(fed)}`] : []),
    ...(pipes.length > 0 ? [`pipes ${these(pipes)}`] : []),
  ].join('; ');

/** Schedules that call Lambda's API as a universal target are not looked for. */
function scheduleText({ names, more }: SomeNames = { names: [], more: 0 }): string {
  if (names.length === 0) return '';
  return (
    ` These start frozen functions: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}; look at ` +
    'schedules that call Lambda by its API.'
  );
}

function asyncText({ from, until, seconds }: Report['freeze']): string {
  if (seconds > ASYNC_SECONDS) {
    const lostUntil = new Date(Date.parse(until) - ASYNC_SECONDS * 1000).toISOString();
    return (
      'The freeze lasted more than six hours, for which Lambda keeps asynchronous invocations: those made ' +
      `between ${from} and ${lostUntil} are lost, unless a function has a dead-letter queue or an on-failure ` +
      'destination; repeat them.'
    );
  }
  return (
    `Lambda keeps asynchronous invocations for six hours, and this freeze lasted less: none is lost but those of ` +
    'functions with a shorter maximum event age or that exhausted it while the backlog is worked off.'
  );
}
