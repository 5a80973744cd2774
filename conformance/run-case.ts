import { setTimeout } from 'node:timers/promises';
import type { Json, StateMachine } from '../src/dsl/asl/machine.ts';
import { simulate, VirtualClock, type ResourceFake, type SimulatedFunction } from '../src/dsl/index.ts';
import { asRecorded } from './as-recorded.ts';
import type { CorpusCase } from './corpus-case.ts';
import type { FoundCase } from './load-cases.ts';
import { pythonHandler } from './python-handler.ts';
import { readCase } from './read-case.ts';
import { RecordedReplies } from './recorded-replies.ts';

/** A line of the results: how a case ran, or why it could not. */
export interface CaseResult {
  readonly id: string;
  readonly status: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly events?: readonly object[];
}

/** The status of a case that could not be run; its cause tells why. */
export const notRun = 'NOT_RUN';

/** Milliseconds of real time that a case may take. */
const patience = 60_000;

/** Runs a recorded case against its recorded replies. @param at when inputs with near times were recorded. */
export async function runCase({ content, place }: FoundCase, at: number): Promise<CaseResult> {
  const id = (content as { readonly id?: string } | null)?.id ?? place;
  const late = new AbortController();
  try {
    const tooLong = setTimeout(patience, undefined, { signal: late.signal }).then(() => {
      throw new Error(`the case took more than ${patience / 1000} s`);
    });
    tooLong.catch(() => {});
    return { ...(await Promise.race([run(readCase(content), at), tooLong])), id };
  } catch (fault) {
    const cause = fault instanceof Error ? fault.message : String(fault);
    return { id, status: notRun, error: 'Conformance.NotRun', cause };
  } finally {
    late.abort();
  }
}

async function run(given: CorpusCase, at: number): Promise<CaseResult> {
  const { definition, input, machineType, stateMachineArn, executionArn, taskReplies, fixtures } = given;
  const [, , , region, account, , name] = stateMachineArn.split(':');
  const fake = new RecordedReplies(taskReplies, functionsOf(fixtures?.lambdas ?? {})).fake();
  const activities = taskReplies.some(({ kind }) => kind === 'activity') ? activitiesOf(definition) : [];
  const result = await simulate(definition, input, {
    name: name as string,
    executionName: executionArn.split(':')[7] as string,
    type: machineType,
    roleArn: roles[machineType],
    asOf: Date.parse(given.recordedDate),
    account: account as string,
    region: region as string,
    resources: fakesOf(definition, fake),
    activities: Object.fromEntries(activities.map((arn) => [arn, fake])),
    s3: {
      objects: Object.fromEntries(
        (fixtures?.s3 ?? []).map(({ bucket, key, body }) => [`${bucket}/${key}`, body]),
      ),
    },
    ...(given.inputHasCaptureTimeTimestamps === true ? { clock: new VirtualClock(at) } : {}),
  });
  const { status, output, error, cause, history } = result;
  return {
    id: given.id,
    status,
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    events: asRecorded(history, given),
  };
}

/** The recorder's names for the role. */
const roles = { STANDARD: 'snf_role_arn', EXPRESS: 'sfn_role_arn' };

function functionsOf(sources: { readonly [name: string]: string }): { [name: string]: SimulatedFunction } {
  const functions: { [name: string]: SimulatedFunction } = {};
  for (const [name, source] of Object.entries(sources)) {
    const handler = pythonHandler(source);
    if (handler !== undefined) functions[name] = handler;
  }
  return functions;
}

function fakesOf(definition: StateMachine, fake: ResourceFake): { [arn: string]: ResourceFake } {
  return Object.fromEntries(
    resourcesOf(definition)
      .filter((arn) => !arn.includes(':activity:'))
      .map((arn) => [arn, fake]),
  );
}

const activitiesOf = (definition: StateMachine) =>
  resourcesOf(definition).filter((arn) => arn.includes(':activity:'));

/** The Resources of all tasks, at whatever depth. */
function resourcesOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Type, Resource } = value as { readonly Type?: unknown; readonly Resource?: unknown };
  const own = Type === 'Task' && typeof Resource === 'string' ? [Resource] : [];
  return [...own, ...Object.values(value).flatMap(resourcesOf)];
}
