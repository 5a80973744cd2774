import type { Json, JsonObject } from '../../../asl/machine.ts';
import type { PolicyDocument } from '../../../asl/policy-document.ts';
import { SimulationError } from '../../simulation-error.ts';
import { objectOf } from '../../object-of.ts';

/**
 * Where a template is meant to be deployed: what its pseudo parameters and its references stand for.
 *
 * @example
 * const production: TemplateValues = { account: '123456789012', region: 'eu-west-1', values: { Stage: 'prod' } };
 */
export interface TemplateValues {
  /** Default 000000000000. */
  readonly account?: string;
  /** Default us-east-1. */
  readonly region?: string;
  /** Default aws. */
  readonly partition?: string;
  /**
   * What references give, by what they name: `Stage` for a parameter, `Orders` for the Ref of a resource, `Orders.Arn`
   * for an attribute. Not needed where the template says it: a parameter's default, a resource's own name.
   */
  readonly values?: { readonly [reference: string]: string };
  /** Policies that a role has by their ARN alone, such as AWS's own. */
  readonly managedPolicies?: { readonly [arn: string]: PolicyDocument };
}

/** A resource of a template. */
export interface TemplateResource {
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
}

/** A template and what its references stand for. */
export interface Template {
  readonly resources: ReadonlyMap<string, TemplateResource>;
  /** By parameter. */
  readonly defaults: ReadonlyMap<string, string>;
  readonly values: Required<TemplateValues>;
}

/** @throws SimulationError for what is no template. */
export function readTemplate(template: unknown, values: TemplateValues): Template {
  const { Resources, Parameters } = objectOf(template);
  if (typeof Resources !== 'object' || Resources === null)
    throw new SimulationError(
      'the template has no Resources; give a CloudFormation template, parsed from JSON',
    );
  const resources = Object.entries(objectOf(Resources)).map(([id, resource]) => {
    const { Type, Properties } = objectOf(resource);
    return [id, { id, type: textOf(Type), properties: objectOf(Properties) }] as const;
  });
  const defaults = Object.entries(objectOf(Parameters)).flatMap(([name, parameter]) => {
    const { Default } = objectOf(parameter);
    return Default === undefined ? [] : [[name, textOf(Default)] as const];
  });
  return {
    resources: new Map(resources),
    defaults: new Map(defaults),
    values: {
      account: '000000000000',
      region: 'us-east-1',
      partition: 'aws',
      values: {},
      managedPolicies: {},
      ...values,
    },
  };
}

/** A text or a number as text; anything else as JSON. */
export const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

export const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];
