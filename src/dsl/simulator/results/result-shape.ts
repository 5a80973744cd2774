import { sdkModel, type SdkModel } from '../../asl/sdk-model.ts';
import { stepFunctionsMember } from '../../asl/sdk-naming.ts';
import { PLAIN, schemaOf, type Schema } from '../../asl/sdk-schema.ts';
import type { TaskResource } from '../task-resource.ts';
import { builtInResult } from './built-in-results.ts';

/** What the result of a call looks like. */
export interface ResultShape {
  readonly schema: Schema;
  /** How Step Functions spells a member that the schema names. */
  readonly spell: (member: string) => string;
  readonly enumeration: SdkModel['enumeration'];
  /** Members of the result itself that may be any JSON, whatever the schema says. */
  readonly open: readonly string[];
}

/** A result's shape; `unknown` when there is none that could be told; else the service whose client would tell it. */
export type KnownShape = ResultShape | 'unknown' | { readonly missing: string };

/** Integrations whose results are no API's: they answer with what an endpoint of the user's own does. */
const FREE = new Set(['apigateway:invoke', 'http:invoke', 'eks:call']);

/** Services whose optimised integration is not named as in SDK integrations. */
const SERVICES: { readonly [resourceType: string]: string } = { states: 'sfn', elasticmapreduce: 'emr' };

/**
 * The shape of what a call gives as `$states.result`: its action's output, in Step Functions' spelling. SDK
 * integrations spell as `toStepFunctionsNames`; optimised ones keep the API's own names, capitalised. A call
 * that waits for a job or a token gives something else, which is known only of `states:startExecution.sync`: what
 * DescribeExecution answers (developer guide, "Integrating AWS services with Step Functions").
 */
export function resultShape({ kind, resourceType, action, pattern }: TaskResource): KnownShape {
  const name = `${resourceType}:${action}`;
  if (kind !== 'integration' || pattern === 'waitForTaskToken' || FREE.has(name)) return 'unknown';
  const builtIn = builtInResult(name);
  if (builtIn !== undefined) return { ...builtIn, spell: (member) => member, enumeration, open: [] };
  if (resourceType.startsWith('aws-sdk:'))
    return shapeOf(resourceType.slice('aws-sdk:'.length), action, stepFunctionsMember);
  const waits = pattern.startsWith('sync');
  if (name === 'states:startExecution' && waits) {
    const shape = shapeOf('sfn', 'describeExecution', capitalised);
    return typeof shape === 'object' && 'schema' in shape && pattern === 'sync:2'
      ? { ...shape, open: ['Input', 'Output'] }
      : shape;
  }
  if (waits) return 'unknown';
  const shape = shapeOf(SERVICES[resourceType] ?? resourceType, action, capitalised);
  // Lambda's payload is bytes to its API, and the value of its JSON text to Step Functions.
  return typeof shape === 'object' && 'schema' in shape && name === 'lambda:invoke'
    ? { ...shape, open: ['Payload'] }
    : shape;
}

const enumeration = () => undefined;

const capitalised = (member: string): string => member.charAt(0).toUpperCase() + member.slice(1);

function shapeOf(service: string, action: string, spell: ResultShape['spell']): KnownShape {
  const model = sdkModel(service);
  if (model === undefined) return { missing: service };
  const operation = model.operation(action);
  if (operation === undefined) return 'unknown';
  const schema = schemaOf(operation, 'output');
  return schema === PLAIN ? 'unknown' : { schema, spell, enumeration: model.enumeration, open: [] };
}
