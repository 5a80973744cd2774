import { iamAction } from '../../../asl/iam-action.ts';
import type { JsonObject } from '../../../asl/machine.ts';
import { bareName } from '../../arns.ts';
import {
  arnOf,
  type CallPlace,
  need,
  needAnywhere,
  needSomewhere,
  type ServiceNeeds,
  textOf,
} from '../need.ts';
import type { ContextValues } from '../request-context.ts';
import { passRole } from './pass-role.ts';

/** Actions without resources. Source: Service Authorization Reference, "AWS Lambda". */
const ON_NOTHING = new Set(['GetAccountSettings', 'ListEventSourceMappings', 'ListFunctions', 'ListLayers']);

/** The use of functions and event-source mappings. */
export const lambdaNeeds: ServiceNeeds = (action, args, place) => {
  const name = iamAction('lambda', action);
  if (ON_NOTHING.has(action)) return [needAnywhere(name)];
  if (action.endsWith('EventSourceMapping')) return [mappingNeed(name, args, place)];
  if (args.FunctionName === undefined) return [needSomewhere(name)];
  const onFunction = need(name, functionArn(textOf(args.FunctionName), textOf(args.Qualifier), place));
  return action === 'CreateFunction'
    ? [onFunction, passRole(args.Role, 'lambda.amazonaws.com')]
    : [onFunction];
};

/** A mapping's own ARN says nothing of its function, which a policy's condition may name. */
function mappingNeed(name: string, args: JsonObject, place: CallPlace) {
  const invoked = functionArn(textOf(args.FunctionName), undefined, place);
  const context: ContextValues = invoked === undefined ? {} : { 'lambda:FunctionArn': invoked };
  const id = textOf(args.Uuid) ?? textOf(args.UUID);
  const mapping = arnOf(id, { service: 'lambda', resource: 'event-source-mapping:', place });
  return name === 'lambda:CreateEventSourceMapping'
    ? needAnywhere(name, context)
    : need(name, mapping, context);
}

/**
 * A function's ARN, with its version or alias if the call names one: a policy on the bare ARN does not allow that.
 * Source: Lambda guide, "Using versions and aliases", "Granting permissions".
 */
export function functionArn(
  given: string | undefined,
  qualifier: string | undefined,
  place: CallPlace,
): string | undefined {
  if (given === undefined) return undefined;
  const own = given.startsWith('arn:') ? given : whole(given, place);
  return qualifier === undefined ? own : `${own}:${qualifier}`;
}

/** A function is also named as `<name>`, `<name>:<alias>`, `<account>:function:<name>` and, undeployed, `${Name}`. */
function whole(given: string, { region, account }: CallPlace): string {
  const [, owner = account, name = given] = /^(\d{12}):function:(.+)$/.exec(given) ?? [];
  const bare = name.startsWith('${') ? bareName(name, 'function') : name;
  return `arn:aws:lambda:${region}:${owner}:function:${bare}`;
}
