import type { Json } from '../../../asl/machine.ts';
import type { PolicyDocument, PolicyStatement } from '../../../asl/policy-document.ts';
import { SimulationError } from '../../simulation-error.ts';
import { resolve } from './resolve.ts';
import {
  listOf,
  readTemplate,
  type Template,
  type TemplateResource,
  type TemplateValues,
  textOf,
} from './template.ts';
import { objectOf } from '../../object-of.ts';

/** The property of a resource that names its role. */
const ROLE_OF: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Role',
  'AWS::StepFunctions::StateMachine': 'RoleArn',
};

/**
 * All that a synthesised CloudFormation template allows one role: its inline policies, and those of the template that
 * are attached to it.
 * @param template the template, parsed from JSON, as `cdk synth` writes it.
 * @param id the logical id of the role, or of the state machine or function that has it.
 * @throws SimulationError that names what is known only when the template is deployed and is not among `values`, a
 * managed policy that is not among `managedPolicies`, and a permissions boundary, which is not simulated.
 *
 * @example
 * ```ts
 * const template = {
 *   Resources: {
 *     Orders: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
 *     Role: { Type: 'AWS::IAM::Role', Properties: {} },
 *     Grants: {
 *       Type: 'AWS::IAM::Policy',
 *       Properties: {
 *         Roles: [{ Ref: 'Role' }],
 *         PolicyDocument: {
 *           Statement: { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['Track', 'Arn'] } },
 *         },
 *       },
 *     },
 *     Track: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'track' } },
 *   },
 * };
 * policyFromTemplate(template, 'Orders', { account: '123456789012' }).Statement;
 * ```
 * ```json
 * [
 *   {
 *     "Effect": "Allow",
 *     "Action": "lambda:InvokeFunction",
 *     "Resource": "arn:aws:lambda:us-east-1:123456789012:function:track"
 *   }
 * ]
 * ```
 */
export function policyFromTemplate(
  template: unknown,
  id: string,
  values: TemplateValues = {},
): PolicyDocument {
  const read = readTemplate(template, values);
  const role = roleOf(read, id);
  if (role.properties.PermissionsBoundary !== undefined)
    throw new SimulationError(
      `${role.id}: its PermissionsBoundary is not simulated; take it out of the template`,
    );
  const inline = listOf(role.properties.Policies).map((policy) => objectOf(policy).PolicyDocument);
  const attached = [...read.resources.values()].filter((policy) => isAttached(policy, role, read));
  const managed = listOf(role.properties.ManagedPolicyArns).flatMap((arn) => managedPolicy(arn, role, read));
  const documents = [
    ...inline.map((document) => resolve(document ?? {}, read, role.id)),
    ...attached.map((policy) => documentOf(policy, read)),
    ...managed,
  ];
  return {
    Version: '2012-10-17',
    Statement: documents.flatMap(
      (document) => listOf(objectOf(document).Statement) as unknown as readonly PolicyStatement[],
    ),
  };
}

function roleOf(template: Template, id: string): TemplateResource {
  const resource = template.resources.get(id);
  if (resource?.type === 'AWS::IAM::Role') return resource;
  const property = resource && ROLE_OF[resource.type];
  if (resource === undefined || property === undefined)
    throw new SimulationError(
      `the template has no role, state machine or function '${id}'; it has ${withRoles(template).join(', ') || 'none'}`,
    );
  const role = template.resources.get(namedBy(resource.properties[property]) ?? '');
  if (role?.type === 'AWS::IAM::Role') return role;
  throw new SimulationError(`${id}: its ${property} is no role of the template; give the policy itself`);
}

const withRoles = ({ resources }: Template): readonly string[] =>
  [...resources.values()]
    .filter(({ type }) => type in ROLE_OF || type === 'AWS::IAM::Role')
    .map(({ id }) => id);

/** The logical id that a Ref or a Fn::GetAtt names. */
function namedBy(value: Json | undefined): string | undefined {
  const { Ref, 'Fn::GetAtt': attribute } = objectOf(value);
  const [named] = Ref === undefined ? listOf(attribute) : [Ref];
  return typeof named === 'string' ? named.split('.')[0] : undefined;
}

const SEPARATE = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'];

function isAttached(
  { id: policy, type, properties }: TemplateResource,
  role: TemplateResource,
  template: Template,
): boolean {
  if (!SEPARATE.includes(type)) return false;
  const { RoleName } = role.properties;
  return [...listOf(properties.Roles), ...listOf(properties.RoleName)].some((named) => {
    const id = namedBy(named);
    if (id !== undefined && template.resources.has(id)) return id === role.id;
    // By its name: a role that has none of its own cannot be meant.
    return (
      RoleName !== undefined && resolve(RoleName, template, role.id) === resolve(named, template, policy)
    );
  });
}

function documentOf({ id, properties }: TemplateResource, template: Template): Json {
  return resolve(properties.PolicyDocument ?? {}, template, id);
}

/** A managed policy of the template, or one that is known by its ARN. */
function managedPolicy(
  given: Json,
  role: TemplateResource,
  template: Template,
): readonly (Json | PolicyDocument)[] {
  const own = template.resources.get(namedBy(given) ?? '');
  if (own?.type === 'AWS::IAM::ManagedPolicy')
    return isAttached(own, role, template) ? [] : [documentOf(own, template)];
  const arn = textOf(resolve(given, template, role.id));
  const known = template.values.managedPolicies[arn];
  if (known !== undefined) return [known];
  throw new SimulationError(
    `${role.id}: what the managed policy ${arn} allows is not in the template; give it as managedPolicies: { '${arn}': … }`,
  );
}
