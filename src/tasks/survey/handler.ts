import { eventsClient, lambdaClient, pipesClient, schedulerClient, taggingClient } from '../aws-clients.ts';
import { boundedLines } from '../bounded-lines.ts';
import { handlerOf, type Environment } from '../handler.ts';
import type { SomeNames } from '../incident.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { frozenMarks } from '../ledger/frozen-mark.ts';
import { readIncident } from '../ledger/incident-record.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { pausedIds } from '../switches/pause.ts';
import { look, seenOr } from './look.ts';
import { beforeDeploy, goneWarnings, mayRefuseMissing } from './missing.ts';
import { lookAtTable, type SurveyedTable } from './look-at-table.ts';
import { atZeroWarnings } from './at-zero-warnings.ts';
import {
  durableWarnings,
  functionWarnings,
  managedInstanceWarnings,
  tableWarnings,
} from './other-writers.ts';
import { surveyPause } from './survey-pause.ts';
import { pipeWarnings, runningPipes } from './pipes.ts';
import { enabledRules, rulesOfScope, ruleWarnings } from './rules.ts';
import { enabledSchedules, missedSchedules, scheduleName, scheduleWarnings } from './schedules.ts';
import { surveyFunctions } from './survey-functions.ts';
import { survey } from './task.ts';
import { topicListeners } from './topic-listeners.ts';
import { unseenWarnings } from './unseen.ts';

const TABLES_AT_ONCE = 8;
const MOST_NAMES = 20;
const LONGEST_NAME = 150;
const NONE = { entries: [], complete: true };

type Needed = Environment<'events' | 'lambda' | 'tagging' | 'pipes' | 'scheduler'>;

export const surveyHandler = handlerOf(survey, async (request, environment: Needed) => {
  const ledger = ledgerOf(environment, request.incidentId);
  const functions = await surveyFunctions(environment, ledger);
  const { scope, atZero, notFrozen, durable, onManagedInstances, mappings, eventSourceMappings } = functions;
  const known = [...new Set(request.tables)].filter((name) =>
    environment.system.tables.some((table) => table.name === name),
  );
  const tables = await inParallel(known, TABLES_AT_ONCE, (name) => lookAtTable(name, environment));
  const pipes = await look(() => runningPipes(environment));
  const schedules = await look(() => enabledSchedules(environment));
  const rules = await look(() => enabledRules(environment));
  const pause = await surveyPause(environment);
  const listeners = await topicListeners(scope, environment);

  const missing = [...functions.missing, ...pause.missing];
  const incident = await readIncident(ledger);
  const isFrozen = (await frozenMarks(ledger)).some(({ incidentId }) => incidentId === request.incidentId);
  const mayRefuse = mayRefuseMissing(incident, isFrozen);
  const ofNames = [...pause.faults, ...(mayRefuse ? missing.map(({ fault }) => fault) : [])];
  // What the freeze pauses does nothing meanwhile.
  const paused = pausedIds(environment.system.pause);
  const running = seenOr(pipes, NONE).entries.filter(({ Name = '' }) => !paused.pipes.includes(Name));
  const enabled = seenOr(schedules, NONE).entries.filter(
    (schedule) => !paused.schedules.includes(scheduleName(schedule)),
  );
  const acting = seenOr(rules, NONE).entries.filter(({ id }) => !paused.rules.includes(id));
  const missed = missedSchedules(enabled, scope);
  const starting = rulesOfScope(acting, scope);
  // Those that are one for many come first: should there be too many, others of the same kind are left out.
  const warnings = [
    ...(mayRefuse ? [] : goneWarnings(missing)),
    ...listeners,
    ...functionWarnings(notFrozen),
    ...atZeroWarnings(atZero),
    ...durableWarnings(durable),
    ...managedInstanceWarnings(onManagedInstances),
    ...pipeWarnings(running, scope),
    ...scheduleWarnings(enabled, missed),
    ...ruleWarnings(acting, starting),
    ...unseenWarnings({ tables, pipes, schedules, rules }),
    ...tables.flatMap((table) => tableWarnings(table, { functions: notFrozen, mappings, pipes: running })),
  ];
  return {
    faults: boundedLines(
      [
        ...functions.faults,
        ...(isFrozen && ofNames.length > 0 ? [beforeDeploy(ledger, incident)] : []),
        ...ofNames,
        ...legacyFaults(tables),
      ],
      'faults',
    ),
    warnings: boundedLines(warnings, 'warnings'),
    functions: scope.length,
    alreadyAtZero: atZero.length,
    eventSourceMappings,
    missedSchedules: someNames([...missed, ...starting.scheduled.map((id) => `rule ${id}`)]),
  };
});

/** DynamoDB keeps attributes of its own in the items of such a table, and gives them new values at every write. */
const legacyFaults = (tables: readonly SurveyedTable[]): string[] =>
  tables
    .filter(({ legacyReplica }) => seenOr(legacyReplica, false))
    .map(
      ({ name }) =>
        `tables: ${name} is a replica of a global table of version 2017.11.29 (Legacy), whose items DynamoDB changes ` +
        'when they are written (aws:rep:updatetime), so that a reset could never be proven; upgrade it to version ' +
        '2019.11.21, or leave it out',
    );

const someNames = (names: readonly string[]): SomeNames => ({
  names: names.slice(0, MOST_NAMES).map((name) => name.slice(0, LONGEST_NAME)),
  more: Math.max(0, names.length - MOST_NAMES),
});

export const handler = lambdaEntry(surveyHandler, () => ({
  events: eventsClient(),
  lambda: lambdaClient(),
  tagging: taggingClient(),
  pipes: pipesClient(),
  scheduler: schedulerClient(),
}));
