import { Duration } from 'aws-cdk-lib';
import { Annotations, Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { Recovery } from '../../infra/recovery.ts';
import { emptyStack, protectedShop, shop } from './protected-shop.ts';

let template: Template;
beforeAll(() => {
  template = protectedShop({ longestFreezeHours: 3, approval: { patience: Duration.hours(2) } });
}, 60_000);

const resources = (type: string) => Object.entries(template.findResources(type));
const checkId = () =>
  resources('AWS::Lambda::Function').find(
    ([, { Properties }]) => Properties.FunctionName === 'ShopRecovery-CheckFrozen',
  )?.[0];
const topicId = () => resources('AWS::SNS::Topic')[0]?.[0];
const checks = () =>
  resources('AWS::Events::Rule')
    .map(([, { Properties }]) => Properties as Record<string, unknown>)
    .filter(({ ScheduleExpression }) => ScheduleExpression !== undefined);

test('looks every quarter of an hour whether a freeze stands too long', () => {
  expect(checks()).toMatchObject([
    {
      ScheduleExpression: 'rate(15 minutes)',
      State: 'ENABLED',
      Targets: [{ Arn: { 'Fn::GetAtt': [checkId(), 'Arn'] }, Input: '{"longestHours":3}' }],
    },
  ]);
  const callers = resources('AWS::Lambda::Permission').map(([, { Properties }]) => Properties as unknown);
  expect(callers).toMatchObject([
    { Principal: 'events.amazonaws.com', FunctionName: { 'Fn::GetAtt': [checkId(), 'Arn'] } },
  ]);
});

const alarmsOn = (metric: string) =>
  resources('AWS::CloudWatch::Alarm')
    .map(([, { Properties }]) => Properties as Record<string, unknown>)
    .filter(({ MetricName }) => MetricName === metric);

test('tells the topic when nobody has looked for an hour, be it that Lambda reports nothing at all', () => {
  const alarms = alarmsOn('Invocations');
  expect(alarms).toMatchObject([
    {
      Namespace: 'AWS/Lambda',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: checkId() } }],
      Statistic: 'Sum',
      Period: 3600,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      AlarmActions: [{ Ref: topicId() }],
    },
  ]);
  expect(JSON.stringify(alarms[0]?.AlarmDescription)).toContain('has not run for an hour');
});

test('tells the topic as soon as one look fails, with what to do', () => {
  const alarms = alarmsOn('Errors');
  expect(alarms).toMatchObject([
    {
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: checkId() } }],
      Statistic: 'Sum',
      Period: 900,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmActions: [{ Ref: topicId() }],
    },
  ]);
  const words = JSON.stringify(alarms[0]?.AlarmDescription);
  expect(words).toContain('frozen for more than 3 hours');
  expect(words).toContain('npx rewind thaw INCIDENT-ID --ledger ShopRecovery-ledger');
  expect(words).toContain('of CheckFrozen in the log group /aws/lambda/ShopRecovery:');
  // API_PutMetricAlarm, AlarmDescription.
  expect(words.length).toBeLessThan(1024);
});

test.each([
  ['not by default', {}, 0],
  ['when a person may take as long', { approval: { patience: Duration.hours(5) } }, 1],
  ['when the freeze may stand for a shorter time', { longestFreezeHours: 3 }, 1],
  ['not when both are raised', { longestFreezeHours: 25, approval: { patience: Duration.hours(24) } }, 0],
] as const)('warns of a wait for approval that would set it off: %s', (_when, change, count) => {
  const stack = emptyStack();
  const recovery = new Recovery(stack, 'Recovery', { ...shop(stack), ...change });
  const words = Match.stringLikeRegexp('approval.patience: an answer is waited for as long as .* hours');
  expect(Annotations.fromStack(stack).findWarning(`/${recovery.node.path}`, words)).toHaveLength(count);
});

test('lets CloudWatch publish to the topic', () => {
  const [policy] = resources('AWS::SNS::TopicPolicy').map(
    ([, { Properties }]) => Properties as Record<string, unknown>,
  );
  expect(policy?.PolicyDocument).toMatchObject({
    Statement: expect.arrayContaining([
      expect.objectContaining({
        Action: 'sns:Publish',
        Effect: 'Allow',
        Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
        Resource: { Ref: topicId() },
      }),
    ]),
  });
});
