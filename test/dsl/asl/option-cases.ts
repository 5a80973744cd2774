import type { CheckOptions } from '../../../src/dsl/asl/check/check-options.ts';

export interface OptionCase {
  readonly name: string;
  readonly definition: unknown;
  readonly options: CheckOptions;
  readonly finds: readonly string[];
}

const token = 'arn:aws:states:::sns:publish.waitForTaskToken';

const PARAMETERS: ReadonlyMap<string, object> = new Map([
  [token, { TopicArn: '${Topic}', 'Message.$': '$$.Task.Token' }],
  ['arn:aws:states:::sns:publish', { TopicArn: '${Topic}', Message: 'done' }],
  ['arn:aws:states:::glue:startJobRun.sync', { JobName: 'nightly' }],
]);

const task = (Resource: string, fields: object = {}) => ({
  StartAt: 'Call',
  States: {
    Call: {
      Type: 'Task',
      Resource,
      Parameters: PARAMETERS.get(Resource) ?? {},
      TimeoutSeconds: 60,
      End: true,
      ...fields,
    },
  },
});

const distributed = (ExecutionType: string, Resource: string) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
        ...task(Resource, { ResultPath: null }),
      },
      End: true,
    },
  },
});

const express = { type: 'EXPRESS' } as const;
const parent = (StateMachineArn: string, TimeoutSeconds = 600) =>
  task('arn:aws:states:::states:startExecution.sync:2', {
    Parameters: { StateMachineArn, 'Name.$': '$.n' },
    TimeoutSeconds,
  });
const child = (fields: object) => ({
  machines: new Map([['Child', { StartAt: 'S', States: { S: { Type: 'Succeed' } }, ...fields }]]),
});
const outlasts = ['child-outlasts-parent /States/Call/TimeoutSeconds'];

/** Machines whose findings depend on how they are run, or on other machines. */
export const optionCases: readonly OptionCase[] = [
  { name: 'a token in a Standard machine', definition: task(token), options: {}, finds: [] },
  {
    name: 'a token in an Express machine',
    definition: task(token),
    options: express,
    finds: ['not-in-express /States/Call/Resource'],
  },
  {
    name: 'a job in an Express machine',
    definition: task('arn:aws:states:::glue:startJobRun.sync'),
    options: express,
    finds: ['not-in-express /States/Call/Resource'],
  },
  {
    name: 'an activity in an Express machine',
    definition: task('arn:aws:states:us-east-1:123456789012:activity:work'),
    options: express,
    finds: ['not-in-express /States/Call/Resource'],
  },
  {
    name: 'a distributed map in an Express machine',
    definition: distributed('STANDARD', 'arn:aws:states:::sns:publish'),
    options: express,
    finds: ['not-in-express /States/Each/ItemProcessor/ProcessorConfig/Mode'],
  },
  {
    name: 'a token in Express children of a Standard machine',
    definition: distributed('EXPRESS', token),
    options: {},
    finds: ['not-in-express /States/Each/ItemProcessor/States/Call/Resource'],
  },
  {
    name: 'a token in Standard children',
    definition: distributed('STANDARD', token),
    options: {},
    finds: [],
  },
  {
    name: 'an Express machine and a call that may take longer than its five minutes',
    definition: { ...task('arn:aws:states:::sns:publish', { TimeoutSeconds: 301 }), TimeoutSeconds: 400 },
    options: express,
    finds: ['over-express-limit /States/Call/TimeoutSeconds', 'over-express-limit /TimeoutSeconds'],
  },
  {
    name: 'an Express machine of five minutes',
    definition: { ...task('arn:aws:states:::sns:publish'), TimeoutSeconds: 300 },
    options: express,
    finds: [],
  },
  {
    name: 'a Standard machine of more than five minutes',
    definition: { ...task('arn:aws:states:::sns:publish', { TimeoutSeconds: 301 }), TimeoutSeconds: 400 },
    options: {},
    finds: [],
  },
  {
    name: 'a child as long as its parent waits',
    definition: parent('${Child}'),
    options: child({ TimeoutSeconds: 600 }),
    finds: outlasts,
  },
  {
    name: 'a child without a timeout',
    definition: parent('arn:aws:states:us-east-1:123456789012:stateMachine:Child'),
    options: child({}),
    finds: outlasts,
  },
  {
    name: 'a child that ends before its parent gives up',
    definition: parent('${ChildArn}'),
    options: child({ TimeoutSeconds: 599 }),
    finds: [],
  },
  { name: 'a child that is not known', definition: parent('${Other}'), options: child({}), finds: [] },
];
