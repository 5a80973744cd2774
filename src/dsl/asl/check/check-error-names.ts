import { sdkModel } from '../sdk-model.ts';
import type { Check } from './check.ts';
import { type ErrorHandler, handlersOf } from './error-handlers.ts';
import { at, type Fault } from './finding.ts';
import { failsWithAnything, noSource, type Reason } from './error-sources.ts';
import type { StateNode } from './machine-tree.ts';
import { resourceOf } from './resource.ts';

/** Source: developer guide, "Handling errors in Step Functions workflows", "Error names". */
const KNOWN = new Set(
  [
    'ALL BranchFailed DataLimitExceeded ExceedToleratedFailureThreshold HeartbeatTimeout IntrinsicFailure',
    'ItemReaderFailed NoChoiceMatched ParameterPathFailure Permissions QueryEvaluationError',
    'ResultPathMatchFailure ResultWriterFailed Runtime TaskFailed Timeout Http.Socket',
  ].flatMap((line) => line.split(' ').map((name) => `States.${name}`)),
);

/** Error names that do not exist, or that cannot reach the Retrier or Catcher that names them. */
export const checkErrorNames: Check = ({ states }) =>
  states.flatMap((state) =>
    (['Retry', 'Catch'] as const).flatMap((field) => {
      const earlier = new Set<string>();
      return handlersOf(state, field).flatMap((handler) => {
        const faults = handler.names.flatMap((name) => faultsOfName(name, handler, { state, earlier }));
        for (const name of handler.names) earlier.add(name);
        return faults;
      });
    }),
  );

interface Surroundings {
  readonly state: StateNode;
  /** The names of earlier entries. */
  readonly earlier: ReadonlySet<string>;
}

function faultsOfName(name: string, handler: ErrorHandler, around: Surroundings): readonly Fault[] {
  const here = at(around.state, `${handler.part}/ErrorEquals`);
  if (name.startsWith('States.') && !KNOWN.has(name) && !/^States\.Http\.StatusCode\.\d{3}$/.test(name))
    return [
      {
        code: 'unknown-error',
        ...here,
        problem: `Step Functions has no error '${name}'`,
        remedy: 'check its spelling; names of your own may not begin with States.',
      },
    ];
  const why = shadowed(name, handler, around) ?? whyNever(name, around.state);
  if (why === undefined) return [];
  return [
    { code: 'never-matches', ...here, problem: `'${name}' never gets here: ${why.why}`, remedy: why.remedy },
  ];
}

/** An entry all of whose errors earlier ones take; a name repeated beside others does no harm. */
function shadowed(name: string, { names }: ErrorHandler, { earlier }: Surroundings): Reason | undefined {
  const shadow = shadowOf(name, earlier);
  // That nothing comes after States.ALL is told by its own check.
  if (shadow === undefined || shadow === 'States.ALL') return undefined;
  if (names.some((one) => shadowOf(one, earlier) === undefined)) return undefined;
  const why = `an earlier entry takes ${shadow}`;
  return { why, remedy: 'remove this entry, or move it before that one' };
}

function whyNever(name: string, state: StateNode): Reason | undefined {
  if (name === 'States.Runtime')
    return {
      why: 'it ends the execution, and nothing takes it',
      remedy: 'remove it; the cause must be mended',
    };
  if (state.type === 'Task' && name === 'States.HeartbeatTimeout' && !hasHeartbeat(state))
    return { why: 'the task has no HeartbeatSeconds', remedy: 'add HeartbeatSeconds, or remove the name' };
  return noSource(name, state) ?? wrongService(name, state);
}

/** The name in an earlier entry that takes this error first. */
function shadowOf(name: string, earlier: ReadonlySet<string>): string | undefined {
  if (earlier.has(name)) return name;
  if (earlier.has('States.ALL')) return 'States.ALL';
  if (name === 'States.HeartbeatTimeout' && earlier.has('States.Timeout')) return 'States.Timeout';
  // TaskFailed stands for every error of a task but Timeout.
  const ofTask =
    !name.startsWith('States.') || name === 'States.HeartbeatTimeout' || name === 'States.Permissions';
  return ofTask && earlier.has('States.TaskFailed') ? 'States.TaskFailed' : undefined;
}

const hasHeartbeat = ({ value }: StateNode): boolean =>
  value.HeartbeatSeconds !== undefined || value.HeartbeatSecondsPath !== undefined;

/**
 * Errors of a call through the AWS SDK bear its service's prefix, written as Step Functions writes it. A job, or
 * whoever holds a token, may fail with any name, and a function with any but another service's.
 */
function wrongService(name: string, state: StateNode): Reason | undefined {
  if (state.type !== 'Task' || failsWithAnything(state)) return undefined;
  const [prefix = '', error] = name.split('.');
  if (error === undefined || prefix === 'States') return undefined;
  const resource = resourceOf(state.value.Resource);
  const service = resource !== undefined && 'service' in resource ? resource.service : 'lambda';
  const said = prefix.toLowerCase();
  if (resource?.kind === 'sdk') {
    const right = sdkModel(service)?.prefix;
    if (said !== service) return { why: `the task calls ${service}`, remedy: 'remove it' };
    if (right === undefined || prefix === right) return undefined;
    return { why: `the SDK integration writes ${right}.${error}`, remedy: `write ${right}.${error}` };
  }
  if (!SERVICES.has(said) || (OWN_NAMES.get(service) ?? [service]).includes(said)) return undefined;
  return { why: `the task calls ${service}`, remedy: 'remove it' };
}

/** What the errors of services that Step Functions calls often begin with, in small letters. */
const SERVICES: ReadonlySet<string> = new Set(
  'athena batch codebuild dynamodb ecr ecs eks emr eventbridge firehose glue kinesis kms lambda rds s3 sagemaker secretsmanager sfn sns sqs ssm stepfunctions sts'.split(
    ' ',
  ),
);

/** Services whose errors begin otherwise than their integration is called; others may fail with a name of their caller. */
const OWN_NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['elasticmapreduce', ['emr', 'elasticmapreduce']],
  ['emr-containers', ['emr', 'emrcontainers']],
  ['emr-serverless', ['emr', 'emrserverless']],
  ['events', ['eventbridge', 'events', 'cloudwatchevents']],
  ['states', ['stepfunctions', 'sfn', 'states']],
]);
