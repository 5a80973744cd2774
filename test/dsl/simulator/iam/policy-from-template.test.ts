import { describe, expect, it } from 'vitest';
import { policyFromTemplate } from '../../../../src/dsl/simulator/iam/template/policy-from-template.ts';
import type { TemplateValues } from '../../../../src/dsl/simulator/iam/template/template.ts';

const where = { account: '111111111111', region: 'eu-west-1' };
const allow = (Resource: unknown) => ({
  Effect: 'Allow' as const,
  Action: 'sns:Publish',
  Resource: Resource as string,
});
const role = (properties: object = {}) => ({ Type: 'AWS::IAM::Role', Properties: properties });
const machine = {
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
};
const policy = (Roles: unknown, ...Statement: object[]) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { Roles, PolicyDocument: { Version: '2012-10-17', Statement } },
});

/** The resources that the machine's role may publish to. */
const resourcesOf = (resource: unknown, more: object = {}, values: TemplateValues = {}) => {
  const Resources = {
    Machine: machine,
    Role: role(),
    Grants: policy([{ Ref: 'Role' }], allow(resource)),
    ...more,
  };
  const template = {
    Parameters: { Stage: { Type: 'String', Default: 'test' }, Other: { Type: 'String' } },
    Resources,
  };
  const { Statement } = policyFromTemplate(template, 'Machine', { ...where, ...values });
  return [Statement].flat().map(({ Resource }) => Resource);
};

describe('the policy of a template', () => {
  it.each<[string, unknown, unknown]>([
    ['a text', 'arn:aws:sns:eu-west-1:1:t', 'arn:aws:sns:eu-west-1:1:t'],
    [
      'a joined ARN of pseudo parameters',
      {
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':sns:',
            { Ref: 'AWS::Region' },
            ':',
            { Ref: 'AWS::AccountId' },
            ':t',
          ],
        ],
      },
      'arn:aws:sns:eu-west-1:111111111111:t',
    ],
    [
      'a substituted text',
      { 'Fn::Sub': 'arn:${AWS::Partition}:${Topic.TopicName}:${!aws:username}:${Stage}' },
      'arn:aws:told:${aws:username}:test',
    ],
    [
      'one with its own variables',
      { 'Fn::Sub': ['${Where}/${Stage}', { Where: { Ref: 'Topic' } }] },
      'arn:aws:sns:eu-west-1:111111111111:told/test',
    ],
    ['the Ref of a topic', { Ref: 'Topic' }, 'arn:aws:sns:eu-west-1:111111111111:told'],
    [
      'an attribute',
      { 'Fn::GetAtt': ['Function', 'Arn'] },
      'arn:aws:lambda:eu-west-1:111111111111:function:pay',
    ],
    ['an attribute in one text', { 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::orders'],
    ['a name', { 'Fn::Join': ['/', ['x', { Ref: 'Table' }]] }, 'x/orders'],
    ['a part of a text', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    ['several', [{ Ref: 'Stage' }, '*'], ['test', '*']],
  ])('has the value of %s', (_what, resource, expected) => {
    const named = {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'told' } },
      Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'pay' } },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'orders' } },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } },
    };
    expect(resourcesOf(resource, named)).toEqual([expected]);
  });

  it('takes what it cannot know from the values', () => {
    const unnamed = { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } };
    expect(() => resourcesOf({ Ref: 'Topic' }, unnamed)).toThrow(
      "Grants: what 'Topic' stands for is known only when it is deployed; give it as values: { 'Topic': '…' }",
    );
    expect(() => resourcesOf({ 'Fn::GetAtt': ['Topic', 'TopicArn'] }, unnamed)).toThrow(
      "values: { 'Topic.TopicArn': '…' }",
    );
    expect(() => resourcesOf({ Ref: 'Other' })).toThrow("what 'Other' stands for");
    const values = { Topic: 'arn:own', 'Topic.TopicName': 'own', Other: 'o' };
    const joined = { 'Fn::Sub': '${Topic} ${Topic.TopicName} ${Other}' };
    expect(resourcesOf(joined, unnamed, { values })).toEqual(['arn:own own o']);
  });

  it('refuses a function that it does not understand', () => {
    expect(() => resourcesOf({ 'Fn::If': ['IsProduction', 'a', 'b'] })).toThrow(
      'Grants: Fn::If is not understood',
    );
  });

  it('is all that is attached to the role, and nothing of another one', () => {
    const inline = [{ PolicyName: 'own', PolicyDocument: { Statement: allow('inline') } }];
    const Resources = {
      Machine: machine,
      Role: role({
        RoleName: 'main',
        Policies: inline,
        ManagedPolicyArns: [{ Ref: 'Managed' }, 'arn:aws:iam::aws:policy/X'],
      }),
      Named: policy(['main', 'other'], allow('by name')),
      Attached: { ...policy([{ Ref: 'Role' }], allow('attached')), Type: 'AWS::IAM::ManagedPolicy' },
      Alone: { ...policy([], allow('alone')), Type: 'AWS::IAM::RolePolicy' },
      Managed: { ...policy([], allow('managed')), Type: 'AWS::IAM::ManagedPolicy' },
      Elsewhere: role(),
      Foreign: policy([{ Ref: 'Elsewhere' }], allow('elsewhere')),
    };
    (Resources.Alone.Properties as { RoleName?: unknown }).RoleName = { Ref: 'Role' };
    const managedPolicies = { 'arn:aws:iam::aws:policy/X': { Statement: [allow('of AWS')] } };
    const allowed = (id: string) =>
      [policyFromTemplate({ Resources }, id, { managedPolicies }).Statement]
        .flat()
        .map(({ Resource }) => Resource);
    const all = ['inline', 'by name', 'attached', 'alone', 'managed', 'of AWS'];
    expect(allowed('Machine')).toEqual(all);
    expect(allowed('Role')).toEqual(all);
    expect(() => policyFromTemplate({ Resources }, 'Role')).toThrow(
      'Role: what the managed policy arn:aws:iam::aws:policy/X allows is not in the template',
    );
  });

  it('is attached by a name that is a parameter, which must be known', () => {
    const Resources = {
      Role: role({ RoleName: 'main' }),
      Named: policy([{ Ref: 'Whose' }], allow('by name')),
    };
    const statements = (Whose: string) =>
      [policyFromTemplate({ Resources }, 'Role', { values: { Whose } }).Statement].flat();
    expect([statements('main'), statements('other')]).toEqual([[allow('by name')], []]);
    expect(() => policyFromTemplate({ Resources }, 'Role')).toThrow("Named: what 'Whose' stands for");
  });

  it('refuses what has no role, and a role that is bounded', () => {
    const Resources = {
      Machine: machine,
      Topic: { Type: 'AWS::SNS::Topic' },
      Role: role({ PermissionsBoundary: 'arn' }),
    };
    expect(() => policyFromTemplate({ Resources }, 'Topic')).toThrow(
      "no role, state machine or function 'Topic'; it has Machine, Role",
    );
    expect(() => policyFromTemplate({ Resources }, 'Machine')).toThrow(
      'Role: its PermissionsBoundary is not simulated',
    );
    expect(() => policyFromTemplate({ Resources: { Machine: machine } }, 'Machine')).toThrow(
      'Machine: its RoleArn is no role of the template',
    );
    expect(() => policyFromTemplate([], 'Machine')).toThrow('the template has no Resources');
  });
});
