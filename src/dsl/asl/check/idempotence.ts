import type { JsonObject } from '../machine.ts';
import { isObject } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';
import { resourceOf } from './resource.ts';

/**
 * Whether a Task's call may be made twice with the effect of once, as far as its name tells:
 * - `unknown`: a function, an activity or an HTTP endpoint; what it does is its own affair.
 * - `no`: its verb makes, starts or sends something, and nothing in its request tells the second call from a new one.
 * - `yes`: all others: they read, or set something to what it then is.
 */
export function idempotenceOf(state: StateNode): 'yes' | 'no' | 'unknown' {
  const resource = resourceOf(state.value.Resource);
  if (resource === undefined || !('action' in resource)) return 'unknown';
  const { service, action } = resource;
  if (action === 'invoke') return 'unknown';
  const verb = /^[a-z]+/.exec(action)?.[0] ?? '';
  const repeats =
    ADDING_VERBS.has(verb) ||
    ADDING_ACTIONS.has(`${service}:${action}`) ||
    (action === 'updateItem' && counts(state));
  if (!repeats) return 'yes';
  return namesItself(state) ? 'yes' : 'no';
}

/** A second call makes, starts or sends a second thing. */
const ADDING_VERBS = new Set(
  'add allocate copy create export generate import issue publish purchase run schedule send start submit'.split(
    ' ',
  ),
);

/** Of the verbs that else set something, those that add. */
const ADDING_ACTIONS = new Set([
  'events:putEvents',
  'eventbridge:putEvents',
  'kinesis:putRecord',
  'kinesis:putRecords',
  'firehose:putRecord',
  'firehose:putRecordBatch',
  'cloudwatch:putMetricData',
  'cloudwatchlogs:putLogEvents',
]);

/**
 * Members of a request by which a service tells a repeated call from a new one: tokens for the purpose, and names
 * that the caller chooses, of which there cannot be two.
 */
const OWN_NAME =
  /^(?:Client(?:Request)?(?:Token|Id)|IdempotencyToken|CreatorRequestId|CallerReference|MessageDeduplicationId|Name|JobName|.*(?:Table|Bucket|Backup|Function|Cluster|Stack|Snapshot|Job|Queue|Topic|Secret|Rule|Alarm|Model|Endpoint|Instance|Target\w*)(?:Name|Identifier)|ConditionExpression)$/i;

function namesItself(state: StateNode): boolean {
  const given = requestOf(state);
  const members = Object.keys(given).map((key) => key.replace(/\.\$$/, ''));
  return members.some((member) => OWN_NAME.test(member));
}

/** Whether an update adds to what is there: `ADD n :one`, `SET n = n + :one`. */
function counts(state: StateNode): boolean {
  const { UpdateExpression: update } = requestOf(state);
  return typeof update === 'string' && /\bADD\b|list_append|[^{%]\s[+-]\s/i.test(update);
}

function requestOf({ value }: StateNode): JsonObject {
  const given = value.Arguments ?? value.Parameters;
  return isObject(given) ? given : {};
}
