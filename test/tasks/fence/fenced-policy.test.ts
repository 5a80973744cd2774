import { describe, expect, it } from 'vitest';
import {
  fencedPolicy,
  hasFence,
  isSamePolicy,
  withoutFence,
} from '../../../src/tasks/fence/fenced-policy.ts';

const fence = {
  table: 'arn:aws-us-gov:dynamodb:us-gov-west-1:123456789012:table/orders',
  writer: 'arn:aws-us-gov:iam::123456789012:role/ResetSegment',
};
const own = JSON.stringify({
  Version: '2008-10-17',
  Id: 'own',
  Statement: { Sid: 'Partner', Effect: 'Allow', Principal: '*', Action: ['dynamodb:GetItem'], Resource: '*' },
});

describe('a policy with a fence', () => {
  it.each([['none'], ['own']])('of %s before is the same again without it', (which) => {
    const before = which === 'none' ? undefined : own;
    const fenced = fencedPolicy(before, fence);
    expect(hasFence(fenced)).toBe(true);
    expect(hasFence(before)).toBe(false);
    expect(isSamePolicy(withoutFence(fenced), before)).toBe(true);
    expect(isSamePolicy(fenced, before)).toBe(false);
  });

  it('keeps the version and id of the one before, because a version decides what its variables mean', () => {
    expect(JSON.parse(fencedPolicy(own, fence))).toMatchObject({ Version: '2008-10-17', Id: 'own' });
  });

  it('names the replication role in the partition and account of the table', () => {
    expect(fencedPolicy(undefined, fence)).toContain(
      '"arn:aws-us-gov:iam::123456789012:role/aws-service-role/replication.dynamodb.amazonaws.com/',
    );
  });
});

describe('two policies', () => {
  it('are the same whatever the order of their fields, and whether one is written as a list', () => {
    const other = `{"Statement": [{"Resource":"*","Action":"dynamodb:GetItem","Principal":"*","Effect":"Allow",
      "Sid":"Partner"}], "Id":"own", "Version":"2008-10-17"}`;
    expect(isSamePolicy(own, other)).toBe(true);
  });

  it.each([
    ['a word', own.replace('GetItem', 'PutItem')],
    ['a statement more', own.replace('{"Sid"', '[{}, {"Sid"').replace('}}', '}]}')],
    ['being there at all', undefined],
  ])('are not when they differ in %s', (_what, other) => {
    expect(isSamePolicy(own, other)).toBe(false);
  });
});
