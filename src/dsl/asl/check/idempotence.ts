/** A call of a service, as far as a definition tells. */
export interface ServiceCall {
  /** As in the ARN: `dynamodb`. */
  readonly service: string;
  /** As in the ARN: `updateItem`. */
  readonly action: string;
  /** The members of the request; a value that only the execution knows is undefined. */
  readonly request: { readonly [member: string]: unknown };
}

/**
 * Whether a call may be made twice with the effect of once, as far as its name and its request tell. By it the
 * retries that a call has without being told to are chosen, and those that are written are checked.
 * - `unknown`: a function, an HTTP endpoint, a statement; what it does is its own affair.
 * - `no`: it makes, starts or sends something, and nothing in its request tells the second call from a new one.
 * - `yes`: all others: they read, or set something to what it then is, or the second one is refused.
 */
export function idempotenceOf(call: ServiceCall): 'yes' | 'no' | 'unknown' {
  if (Object.keys(call.request).some((member) => TOKEN.test(member))) return 'yes';
  if (OPAQUE.test(call.action)) return 'unknown';
  if (call.action === 'updateItem') return ofUpdate(call.request);
  return adds(call) && !namesWhatItMakes(call) ? 'no' : 'yes';
}

/**
 * Whether an error also comes when the call has had its effect: the answer was lost, or the service failed on its
 * way. Throttling, and what a service refuses, says that nothing was done.
 */
export const mayHaveLanded = (error: string): boolean =>
  ['States.ALL', 'States.TaskFailed', 'States.Timeout'].includes(error) ||
  /\.(?:SdkClientException|(?:Internal|Service(?!Quota|Limit)|Temporar|Unavailable)\w*)$/.test(error);

/** Calls whose request says what is done, in a language of its own. */
const OPAQUE = /^(?:invoke|(?:batch)?execute[A-Z]\w*)$/i;

/**
 * Members of a request by which a service tells a repeated call from a new one; and a condition, which its author
 * has written so that it no longer holds.
 */
const TOKEN =
  /^(?:Client(?:Request)?Token|ClientRequestId|IdempotencyToken|CreatorRequestId|CallerReference|ProvisionToken|MessageDeduplicationId|ConditionExpression)$/i;

/** Verbs whose second call makes, starts or sends a second thing. */
const ADDING_VERBS = new Set(
  (
    'add allocate clone copy create export import issue provision publish purchase reboot request rotate run ' +
    'schedule send start submit'
  ).split(' '),
);

/** Actions that add, whatever their verbs. */
const ADDING_ACTIONS = new Set([
  'batch:registerJobDefinition',
  'cloudwatch:putMetricData',
  'cloudwatchlogs:putLogEvents',
  'dynamodb:transactWriteItems',
  'ecs:registerTaskDefinition',
  'eventbridge:putEvents',
  'events:putEvents',
  'firehose:putRecord',
  'firehose:putRecordBatch',
  'kinesis:putRecord',
  'kinesis:putRecords',
]);

/** Actions that set something, or end it, whatever their verbs. */
const SETTING_ACTIONS = new Set([
  'kms:scheduleKeyDeletion',
  'lambda:publishVersion',
  's3:copyObject',
  'sfn:sendTaskFailure',
  'sfn:sendTaskHeartbeat',
  'sfn:sendTaskSuccess',
]);

/** `addTags`, `createTags`, `addUserToGroup`: what is there already stays as it is. */
const SETS = /^(?:add|create)(?:Tags|.*To[A-Z])/;

function adds({ service, action }: ServiceCall): boolean {
  const name = `${service}:${action}`;
  if (ADDING_ACTIONS.has(name)) return true;
  const verb = /^[a-z]+/.exec(action)?.[0] ?? '';
  return ADDING_VERBS.has(verb) && !SETTING_ACTIONS.has(name) && !SETS.test(action);
}

/**
 * Whether the request names the thing that is made or started: there cannot be two of one name. `createTable` names
 * it by `TableName`, `startExecution` by `Name`; the `TableName` of `createBackup` is another thing's.
 */
function namesWhatItMakes({ service, action, request }: ServiceCall): boolean {
  if (NAMES_REPEAT.has(`${service}:${action}`)) return false;
  const thing = action.replace(/^[a-z]+/, '').replace(/s$/, '');
  const own = new RegExp(
    `^(?:(?:Target|Destination|New)?${thing}(?:Name|Identifier|Id)?s?|Name|StatementId)$`,
    'i',
  );
  return Object.keys(request).some((member) => own.test(member));
}

/** Actions that take the same name again and make a second thing of it. Source: the API reference of each. */
const NAMES_REPEAT = new Set([
  'apigateway:createRestApi',
  'apigatewayv2:createApi',
  'appsync:createGraphqlApi',
  'batch:submitJob',
  'cognitoidentityprovider:createUserPool',
  'dynamodb:createBackup',
]);

/** An update that adds to what is there, `ADD n :one` or `SET n = n + :one`, does so each time. */
function ofUpdate(request: ServiceCall['request']): 'yes' | 'no' | 'unknown' {
  if (!('UpdateExpression' in request)) return 'yes';
  const update = request.UpdateExpression;
  if (typeof update !== 'string') return 'unknown';
  return /\bADD\b|list_append|[+-]/i.test(update) ? 'no' : 'yes';
}
