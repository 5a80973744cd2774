import { describe, expect, it } from 'vitest';
import type { CallNode } from '../../../src/dsl/ast/step-node.ts';
import { sns } from '../../../src/dsl/authoring/integrations/sns.ts';
import { callFields } from '../../../src/dsl/compiler/emit-call.ts';
import { dynamodb } from '../../support/aws-services.ts';
import { begin, number } from '../../support/compiled-workflow.ts';

const waiting = (node: CallNode, waitsFor: CallNode['waitsFor']): CallNode => ({ ...node, waitsFor });
const one = number('One')({ n: 1 }).node;
const child = begin('Child', '1 hour').returns(() => ({ value: 1 }));
const input = { n: 1, list: [] };
const started = child(input).node;
const named = child(input, { name: 'nightly' }).node;
const deleted = dynamodb.deleteTable({ TableName: 't' }).node;
const published = sns.publish({ TopicArn: 't', Message: 'm' }).node;

describe('a call’s resource', () => {
  it.each([
    ['a task', one, 'lambda:invoke'],
    ['a task that is only started', waiting(one, 'start'), 'lambda:invoke'],
    ['a task that waits for its token', waiting(one, 'token'), 'lambda:invoke.waitForTaskToken'],
    ['a child', started, 'states:startExecution.sync:2'],
    ['a child that is only started', waiting(started, 'start'), 'states:startExecution'],
    ['a child that waits for its token', waiting(started, 'token'), 'states:startExecution.waitForTaskToken'],
    ['an SDK call', deleted, 'aws-sdk:dynamodb:deleteTable'],
    [
      'an SDK call that waits for its token',
      waiting(deleted, 'token'),
      'aws-sdk:dynamodb:deleteTable.waitForTaskToken',
    ],
    ['an integration', published, 'sns:publish'],
    ['an integration that waits for its token', waiting(published, 'token'), 'sns:publish.waitForTaskToken'],
  ])('is that of %s', (_what, node, resource) => {
    expect(callFields(node, 'State').Resource).toBe(`arn:aws:states:::${resource}`);
  });
});

describe('a call’s arguments', () => {
  it.each([
    ['a task', one, { FunctionName: '${One}', Payload: { n: 1 } }],
    [
      'a task that is only started',
      waiting(one, 'start'),
      { FunctionName: '${One}', InvocationType: 'Event', Payload: { n: 1 } },
    ],
    ['a task that waits for its token', waiting(one, 'token'), { FunctionName: '${One}', Payload: { n: 1 } }],
    ['a child', started, { StateMachineArn: '${Child}', Input: input }],
    ['a child of a name of its own', named, { StateMachineArn: '${Child}', Name: 'nightly', Input: input }],
    ['an SDK call', deleted, { TableName: 't' }],
    ['an integration', published, { TopicArn: 't', Message: 'm' }],
  ])('are those of %s', (_what, node, given) => {
    expect(callFields(node, 'State').Arguments).toEqual(given);
  });
});
