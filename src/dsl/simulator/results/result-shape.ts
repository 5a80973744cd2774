import { sdkModel, type SdkModel } from '../../asl/sdk-model.ts';
import { stepFunctionsMember } from '../../asl/sdk-naming.ts';
import { type Member, PLAIN, schemaOf, type Schema } from '../../asl/sdk-schema.ts';
import type { TaskResource } from '../task-resource.ts';
import { builtInResult } from './built-in-results.ts';

/** What the result of a call looks like. */
export interface ResultShape {
  readonly schema: Schema;
  /** A structure's members as Step Functions spells them; made once for each. */
  readonly spelled: (structure: Structure) => SpelledStructure;
  readonly enumeration: SdkModel['enumeration'];
  /** Members of the result itself that may be any JSON, whatever the schema says. */
  readonly open: readonly string[];
}

export type Structure = Extract<Schema, { kind: 'structure' }>;

interface SpelledStructure {
  readonly members: ReadonlyMap<string, Member>;
  /** Those that the service always gives. */
  readonly required: readonly string[];
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
  if (builtIn !== undefined)
    return { schema: builtIn, spelled: spelling((member) => member), enumeration: () => undefined, open: [] };
  if (resourceType.startsWith('aws-sdk:'))
    return shapeOf(resourceType.slice('aws-sdk:'.length), action, { spell: stepFunctionsMember });
  const waits = pattern.startsWith('sync');
  if (name === 'states:startExecution' && waits) {
    const open = pattern === 'sync:2' ? ['Input', 'Output'] : [];
    return shapeOf('sfn', 'describeExecution', { spell: capitalised, open });
  }
  if (waits) return 'unknown';
  // Lambda's payload is bytes to its API, and the value of its JSON text to Step Functions.
  const open = name === 'lambda:invoke' ? ['Payload'] : [];
  return shapeOf(SERVICES[resourceType] ?? resourceType, action, { spell: capitalised, open });
}

const capitalised = (member: string): string => member.charAt(0).toUpperCase() + member.slice(1);

interface Reading {
  readonly spell: (member: string) => string;
  readonly open?: readonly string[];
}

function shapeOf(service: string, action: string, { spell, open = [] }: Reading): KnownShape {
  const model = sdkModel(service);
  if (model === undefined) return { missing: service };
  const operation = model.operation(action);
  if (operation === undefined) return 'unknown';
  const schema = schemaOf(operation, 'output');
  if (schema === PLAIN) return 'unknown';
  return { schema, spelled: spelling(spell), enumeration: model.enumeration, open };
}

function spelling(spell: Reading['spell']): ResultShape['spelled'] {
  const made = new Map<Structure, SpelledStructure>();
  return (structure) => {
    const known = made.get(structure);
    if (known !== undefined) return known;
    const members = new Map([...structure.bySdkName.values()].map((one) => [spell(one.sdkName), one]));
    const spelled = { members, required: structure.required.map(spell) };
    made.set(structure, spelled);
    return spelled;
  };
}
