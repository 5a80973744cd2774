import { describe, expect, it } from 'vitest';
import type { PolicyDocument, PolicyStatement } from '../../../../src/dsl/asl/policy-document.ts';
import { RolePolicy } from '../../../../src/dsl/simulator/iam/role-policy.ts';

type Options = ConstructorParameters<typeof RolePolicy>[1];

const orders = 'arn:aws:dynamodb:us-east-1:111111111111:table/orders';
const known = {
  'aws:RequestedRegion': 'us-east-1',
  'aws:username': [],
  'x:Tags': ['red', 'blue'],
  'x:Count': '7',
};

/** Whether the policy allows it: `yes`, `no`, or the label of the statement that denies it. */
function answer(policy: RolePolicy, action: string, resource: string | undefined = orders): string {
  const resources = resource === '' ? [] : [resource];
  const decision = policy.answer({
    machine: 'M',
    state: 'S',
    action,
    resources,
    optional: false,
    context: known,
  });
  return decision.allowed ? 'yes' : (decision.denied?.label ?? 'no');
}

const allow = (rest: Partial<PolicyStatement>): PolicyStatement => ({
  Effect: 'Allow',
  Action: 'dynamodb:GetItem',
  Resource: '*',
  ...rest,
});
const only = (rest: Partial<PolicyStatement>, options?: Options) => new RolePolicy([allow(rest)], options);
const under = (Condition: PolicyStatement['Condition'], options?: Options) =>
  answer(only({ Condition }, options), 'dynamodb:GetItem');

describe('a policy', () => {
  it.each([
    ['dynamodb:GetItem', 'yes'],
    ['DynamoDB:getitem', 'yes'],
    ['dynamodb:Get*', 'yes'],
    ['dynamodb:Get????', 'yes'],
    ['dynamodb:Get???', 'no'],
    ['*', 'yes'],
    ['dynamodb:Put*', 'no'],
    ['s3:GetItem', 'no'],
  ])('that allows the action %s answers %s to dynamodb:GetItem', (Action, expected) => {
    expect(answer(only({ Action }), 'dynamodb:GetItem')).toBe(expected);
  });

  it.each([
    ['*', 'yes'],
    [orders, 'yes'],
    ['arn:aws:dynamodb:*:*:table/*', 'yes'],
    ['arn:aws:dynamodb', 'yes'],
    ['arn:aws:dynamodb:us-east-1:111111111111:table/order?', 'yes'],
    ['arn:aws:dynamodb:us-east-1:111111111111:table/Orders', 'no'],
    ['arn:aws:dynamodb:us-east-1:222222222222:table/orders', 'no'],
    ['arn:aws:dynamodb:*:table/orders', 'no'],
    [`${orders}/index/*`, 'no'],
  ])('that allows the resource %s answers %s to the table orders', (Resource, expected) => {
    expect(answer(only({ Resource }), 'dynamodb:GetItem')).toBe(expected);
  });

  it('lets a wildcard in the last part of an ARN go over colons', () => {
    const policy = only({ Action: 'states:*', Resource: 'arn:aws:states:*:*:execution:Main:*' });
    expect(answer(policy, 'states:StopExecution', 'arn:aws:states:r:1:execution:Main:a:b')).toBe('yes');
    expect(answer(policy, 'states:StopExecution', 'arn:aws:states:r:1:execution:Other:a')).toBe('no');
  });

  it('lets a wildcard at the end of any part of an ARN go over colons', () => {
    const policy = only({ Action: 'lambda:*', Resource: 'arn:aws:lambda:*:function:pay:prod' });
    expect(answer(policy, 'lambda:InvokeFunction', 'arn:aws:lambda:r:1:function:pay:prod')).toBe('yes');
    expect(answer(policy, 'lambda:InvokeFunction', 'arn:aws:lambda:r:1:function:pay')).toBe('no');
  });

  it('allows an action without resources on * alone', () => {
    expect(answer(only({ Action: 'dynamodb:ListTables' }), 'dynamodb:ListTables', '*')).toBe('yes');
    expect(
      answer(only({ Action: 'dynamodb:ListTables', Resource: orders }), 'dynamodb:ListTables', '*'),
    ).toBe('no');
  });

  it('denies what one statement denies, whatever the others allow', () => {
    const policy = new RolePolicy([
      allow({ Action: '*' }),
      { Sid: 'Never', Effect: 'Deny', Action: 'dynamodb:Delete*', Resource: orders },
    ]);
    expect(answer(policy, 'dynamodb:DeleteTable')).toBe('Never');
    expect(answer(policy, 'dynamodb:DeleteTable', `${orders}2`)).toBe('yes');
  });

  it('understands NotAction and NotResource', () => {
    const policy = new RolePolicy([
      { Effect: 'Allow', NotAction: ['iam:*', 'dynamodb:Put*'], NotResource: [`${orders}2`] },
    ]);
    expect(answer(policy, 'dynamodb:GetItem')).toBe('yes');
    expect(answer(policy, 'dynamodb:PutItem')).toBe('no');
    expect(answer(policy, 'dynamodb:GetItem', `${orders}2`)).toBe('no');
  });

  it('allows on a resource that is not known what it allows on any, unless all is denied', () => {
    const and = (denied: Partial<PolicyStatement>) =>
      new RolePolicy([allow({ Resource: orders }), { Sid: 'Never', Effect: 'Deny', Action: '*', ...denied }]);
    expect(answer(only({ Resource: orders }), 'dynamodb:GetItem', '')).toBe('yes');
    const allBut = new RolePolicy([{ Effect: 'Allow', Action: 'dynamodb:*', NotResource: orders }]);
    expect(answer(allBut, 'dynamodb:GetItem', '')).toBe('yes');
    expect(answer(only({}), 'dynamodb:PutItem', '')).toBe('no');
    expect(answer(and({ Resource: `${orders}2` }), 'dynamodb:GetItem', '')).toBe('yes');
    expect(answer(and({ Resource: '*' }), 'dynamodb:GetItem', '')).toBe('Never');
    expect(answer(and({ NotResource: `${orders}2` }), 'dynamodb:GetItem', '')).toBe('Never');
  });

  it('may come as several documents', () => {
    const policy = new RolePolicy([
      { Version: '2012-10-17', Statement: allow({}) },
      { Statement: [allow({ Action: 'sns:Publish' })] },
    ]);
    expect([
      answer(policy, 'sns:Publish'),
      answer(policy, 'dynamodb:GetItem'),
      answer(policy, 'sqs:SendMessage'),
    ]).toEqual(['yes', 'yes', 'no']);
  });
});

describe('a condition', () => {
  const region = (value: string | string[]) => ({ 'aws:RequestedRegion': value });
  it.each<[string, PolicyStatement['Condition'], string]>([
    ['equal', { StringEquals: region('us-east-1') }, 'yes'],
    ['one of several', { StringEquals: region(['eu-west-1', 'us-east-1']) }, 'yes'],
    ['equal but for a wildcard', { StringEquals: region('us-*') }, 'no'],
    ['like', { StringLike: region('us-*') }, 'yes'],
    [
      'another operator that does not hold',
      { StringLike: region('us-*'), StringEquals: region('eu-west-1') },
      'no',
    ],
    ['not equal', { StringNotEquals: region(['eu-west-1', 'eu-west-2']) }, 'yes'],
    ['not equal to any', { StringNotEquals: region(['eu-west-1', 'us-east-1']) }, 'no'],
    ['equal in letters', { StringEqualsIgnoreCase: region('US-EAST-1') }, 'yes'],
    ['a key in another case', { StringEquals: { 'AWS:requestedregion': 'us-east-1' } }, 'yes'],
    ['an absent key', { StringEquals: { 'aws:username': 'ada' } }, 'no'],
    ['an absent key, negated', { StringNotEquals: { 'aws:username': 'ada' } }, 'yes'],
    ['an absent key, if it exists', { StringEqualsIfExists: { 'aws:username': 'ada' } }, 'yes'],
    ['a present key, if it exists', { StringEqualsIfExists: region('eu-west-1') }, 'no'],
    ['absence', { Null: { 'aws:username': 'true' } }, 'yes'],
    ['no absence', { Null: { 'aws:username': false, 'aws:RequestedRegion': false } }, 'no'],
    ['all of the values', { 'ForAllValues:StringEquals': { 'x:Tags': ['red', 'blue', 'green'] } }, 'yes'],
    ['not all of the values', { 'ForAllValues:StringEquals': { 'x:Tags': ['red'] } }, 'no'],
    ['any of the values', { 'ForAnyValue:StringEquals': { 'x:Tags': ['red'] } }, 'yes'],
    ['all values of nothing', { 'ForAllValues:StringEquals': { 'aws:username': ['ada'] } }, 'yes'],
    ['any value of nothing', { 'ForAnyValue:StringEquals': { 'aws:username': ['ada'] } }, 'no'],
    ['a number', { NumericLessThan: { 'x:Count': 8 }, NumericGreaterThanEquals: { 'x:Count': '7' } }, 'yes'],
    ['a number too small', { NumericGreaterThan: { 'x:Count': 7 } }, 'no'],
  ])('holds as IAM says: %s', (_what, Condition, expected) => {
    expect(under(Condition)).toBe(expected);
  });

  it('compares times and truth values', () => {
    const context = { 'aws:CurrentTime': '2026-01-01T12:00:00Z', 'aws:MultiFactorAuthPresent': 'true' };
    expect(under({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T13:00:00+01:00' } }, { context })).toBe(
      'no',
    );
    expect(
      under({ DateLessThanEquals: { 'aws:CurrentTime': '2026-01-01T13:00:00+01:00' } }, { context }),
    ).toBe('yes');
    expect(under({ Bool: { 'aws:MultiFactorAuthPresent': true } }, { context })).toBe('yes');
    expect(under({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, { context })).toBe('no');
  });

  it('compares ARNs part by part', () => {
    const context = { 'aws:SourceArn': 'arn:aws:sns:us-east-1:1:told' };
    expect(under({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:t*' } }, { context })).toBe('yes');
    expect(under({ ArnNotEquals: { 'aws:SourceArn': 'arn:aws:sns:*:*:t*' } }, { context })).toBe('no');
  });
});

describe('what the simulator does not know', () => {
  const organisation = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };

  it('is refused, with the statement, the key and the remedy', () => {
    const policy = only({ Sid: 'OurOwn', Condition: organisation });
    expect(() => answer(policy, 'dynamodb:GetItem')).toThrow(
      `'S' needs dynamodb:GetItem on ${orders}, and whether the policy allows it cannot be told from OurOwn: the simulator ` +
        "does not know the value of 'aws:PrincipalOrgID'; give it as new RolePolicy(policy, { context: { " +
        "'aws:PrincipalOrgID': '…' } }), or [] if the request has none",
    );
  });

  it('does not matter where it changes nothing', () => {
    const other = allow({
      Condition: { ...organisation, StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    });
    expect(answer(new RolePolicy([allow({ Condition: organisation }), allow({})]), 'dynamodb:GetItem')).toBe(
      'yes',
    );
    expect(answer(new RolePolicy([other]), 'dynamodb:GetItem')).toBe('no');
    expect(answer(only({ Action: 'sns:*', Condition: organisation }), 'dynamodb:GetItem')).toBe('no');
  });

  it('is not overlooked in what denies', () => {
    const denying = { ...allow({ Condition: organisation }), Effect: 'Deny' as const };
    expect(() => answer(new RolePolicy([allow({}), denying]), 'dynamodb:GetItem')).toThrow(
      'statement 2: the simulator',
    );
    expect(answer(new RolePolicy([denying]), 'dynamodb:GetItem')).toBe('no');
  });

  it('may be told', () => {
    const told = (id: string | string[]) => under(organisation, { context: { 'aws:PrincipalOrgID': id } });
    expect([told('o-1'), told('o-2'), told([])]).toEqual(['yes', 'no', 'no']);
  });

  it('is named in policy variables too', () => {
    const variable = (name: string, options?: Options) =>
      answer(only({ Resource: `arn:aws:dynamodb:*:*:table/\${${name}}` }, options), 'dynamodb:GetItem');
    expect(() => variable('aws:PrincipalTag/table')).toThrow("the value of 'aws:PrincipalTag/table'");
    const context = { 'aws:PrincipalTag/table': 'orders' };
    expect(variable('aws:PrincipalTag/table', { context })).toBe('yes');
    expect(variable('aws:PrincipalTag/table', { context: { 'aws:PrincipalTag/table': 'order*' } })).toBe(
      'no',
    );
    expect(variable("aws:username, 'orders'")).toBe('yes');
    expect(variable('aws:username')).toBe('no');
    expect(variable('*')).toBe('no');
  });

  it('is a variable only in the version that has variables', () => {
    const statement = allow({ Resource: 'arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/table}' });
    expect(answer(new RolePolicy({ Version: '2008-10-17', Statement: statement }), 'dynamodb:GetItem')).toBe(
      'no',
    );
  });
});

describe('what is no policy of a role', () => {
  it.each<[string, object, string]>([
    ['no object', 'sns:Publish' as never, 'it must be an object'],
    ['nothing', null as never, 'it must be an object'],
    ['a principal', allow({ Principal: '*' } as object), "a role's policy has no 'Principal'"],
    ['no effect', { Action: '*', Resource: '*' }, "Effect must be 'Allow' or 'Deny'"],
    ['no action', { Effect: 'Allow', Resource: '*' }, 'either Action or NotAction'],
    ['both', allow({ NotAction: 'iam:*' }), 'either Action or NotAction'],
    ['no resource', { Effect: 'Allow', Action: '*' }, 'either Resource or NotResource'],
    [
      'an unresolved resource',
      allow({ Resource: { Ref: 'Table' } as never }),
      'either Resource or NotResource',
    ],
    ['a bad action', allow({ Action: 'GetItem' }), "'GetItem' is no action"],
    ['a bad resource', allow({ Resource: 'table/orders' }), "'table/orders' is no resource; write an ARN"],
    ['a condition that is a list', allow({ Condition: [] as never }), 'Condition must be an object'],
    [
      'an operator without keys',
      allow({ Condition: { StringEquals: 'x' as never } }),
      'Condition.StringEquals must be an object',
    ],
    [
      'a wanted value that is an object',
      allow({ Condition: { StringEquals: { 'aws:username': { is: 'ann' } } } }),
      'Condition.StringEquals.aws:username must be a text, a number, a boolean or a list of them',
    ],
    [
      'an operator',
      allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
      "'IpAddress' is not simulated",
    ],
  ])('is refused: %s', (_what, statement, words) => {
    expect(() => new RolePolicy([statement as PolicyStatement])).toThrow(`policy, statement 1: `);
    expect(() => new RolePolicy([statement as PolicyStatement])).toThrow(words);
  });
});

describe('what is no policy document', () => {
  it.each([
    [{ Principal: '*' }, "policy: it has no 'Principal'; it has Version, Id, Statement"],
    [{ Version: '2020-01-01' }, 'policy: Version must be one of 2012-10-17, 2008-10-17'],
  ])('is refused: with %o', (more, words) => {
    expect(() => new RolePolicy({ Statement: allow({}), ...more })).toThrow(words);
  });
});

describe('what was used', () => {
  it('is told by action and resource, until all of a grant was', () => {
    const policy = new RolePolicy({
      Statement: [
        {
          Sid: 'Items',
          Effect: 'Allow',
          Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
          Resource: [orders, `${orders}2`],
        },
        { Effect: 'Allow', Action: 'sns:*', NotResource: 'arn:aws:sns:*:*:secret' },
        { Effect: 'Deny', Action: 'dynamodb:DeleteTable', Resource: '*' },
      ],
    } satisfies PolicyDocument);
    answer(policy, 'dynamodb:GetItem');
    answer(policy, 'dynamodb:PutItem', `${orders}2`);
    expect(policy.unused()).toEqual([
      { statement: 'Items', action: 'dynamodb:GetItem', resource: `${orders}2` },
      { statement: 'Items', action: 'dynamodb:PutItem', resource: orders },
      { statement: 'statement 2', action: 'sns:*', resource: 'everything but arn:aws:sns:*:*:secret' },
    ]);
    answer(policy, 'sns:Publish', 'arn:aws:sns:us-east-1:1:told');
    expect(policy.unused()).toHaveLength(2);
  });

  it('tells what was refused, and what was allowed without knowing on what', () => {
    const policy = only({ Resource: orders });
    answer(policy, 'dynamodb:PutItem');
    answer(policy, 'dynamodb:PutItem');
    answer(policy, 'dynamodb:GetItem', '');
    const call = { machine: 'M', state: 'S' };
    expect(policy.refused()).toEqual([{ ...call, action: 'dynamodb:PutItem', resource: orders }]);
    expect(policy.unchecked()).toEqual([{ ...call, action: 'dynamodb:GetItem', resource: undefined }]);
    expect(policy.unused()).toEqual([]);
  });
});
