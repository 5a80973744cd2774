import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { awsSdk } from '../../../src/dsl/authoring/sdk.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { map } from '../../../src/dsl/expression/each.ts';
import { dynamodb, lambda } from '../../support/aws-services.ts';
import { begin, run, statesOf } from '../../support/compiled-workflow.ts';
import { type CloudWatchLogs, cloudWatchLogs, installedClient } from '../../support/installed-client.ts';

installedClient('client-cloudwatch-logs', cloudWatchLogs);

const logs = awsSdk<CloudWatchLogs, 'CloudWatchLogs'>('cloudwatch-logs');

describe('a service whose client the author has installed', () => {
  const subject = begin()
    .run('found', ({ input }) => logs.describeLogGroups({ logGroupNamePrefix: 'a', limit: input.n }), {
      recover: { errors: ['CloudWatchLogs.ResourceNotFoundException'], value: () => ({ logGroups: [] }) },
    })
    .returns(({ found }) => ({
      value: map(found.logGroups, (group) => ({ key: group.kmsKeyARN, at: group.creationTime })),
    }));

  it('is called under its name in Step Functions, with the names and retries of its own model', () => {
    expect(statesOf(subject).Found).toEqual({
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:cloudwatchlogs:describeLogGroups',
      Arguments: { LogGroupNamePrefix: 'a', Limit: '{% $input.n %}' },
      TimeoutSeconds: 60,
      Retry: [
        {
          ErrorEquals: [
            'CloudWatchLogs.ServiceUnavailableException',
            'CloudWatchLogs.ThrottlingException',
            'CloudWatchLogs.SdkClientException',
            'States.Timeout',
          ],
          IntervalSeconds: 2,
          MaxAttempts: 6,
          BackoffRate: 2,
          MaxDelaySeconds: 60,
          JitterStrategy: 'FULL',
        },
      ],
      Catch: [
        {
          ErrorEquals: ['CloudWatchLogs.ResourceNotFoundException'],
          Assign: { found: { LogGroups: [] } },
          Output: {},
          Next: 'Return',
        },
      ],
      Assign: { found: '{% {"LogGroups": $states.result.LogGroups} %}' },
      Output: {},
      Next: 'Return',
    });
    expect(statesOf(subject).Return).toMatchObject({
      Output: {
        value:
          '{% [$map($found.LogGroups, function($each1) { {' +
          '"key": $exists($each1.KmsKeyARN) ? $each1.KmsKeyARN : $error("key is missing"), ' +
          '"at": $exists($each1.CreationTime) ? $each1.CreationTime : $error("at is missing")} })[]] %}',
      },
    });
  });

  it('runs', async () => {
    const { output } = await run(
      subject,
      { n: 1, list: [] },
      {
        resources: {
          'arn:aws:states:::aws-sdk:cloudwatchlogs:describeLogGroups': () => ({
            LogGroups: [{ LogGroupName: 'a', KmsKeyARN: 'k', CreationTime: '2026-01-01T00:00:00Z' }],
          }),
        },
      },
    );
    expect(output).toEqual({ value: [{ key: 'k', at: '2026-01-01T00:00:00Z' }] });
  });

  it('takes times as ISO 8601 text and bytes as text, and waits for a task token', () => {
    const asked = begin()
      .callback(
        'asked',
        (_scope, token) =>
          logs.putLogGroup({
            group: { logGroupName: 'a', tags: { kmsKeyARN: 'data' }, creationTime: '2026-01-01T00:00:00Z' },
            expires: '2026-02-01T00:00:00Z',
            body: { token },
          }),
        { answer: z.object({}), giveUpAfter: '1 hour' },
      )
      .returns(() => ({ value: 1 }));
    expect(statesOf(asked).Asked).toMatchObject({
      Resource: 'arn:aws:states:::aws-sdk:cloudwatchlogs:putLogGroup.waitForTaskToken',
      Arguments: {
        Group: { LogGroupName: 'a', Tags: { kmsKeyARN: 'data' }, CreationTime: '2026-01-01T00:00:00Z' },
        Expires: '2026-02-01T00:00:00Z',
        Body: { token: '{% $states.context.Task.Token %}' },
      },
    });
  });
});

describe('an SDK call', () => {
  it('needs its action on the resources that the author names', () => {
    const resources = ['arn:aws:logs:eu-west-1:123456789012:log-group:*'];
    expect(logs.describeLogGroups({}, { resources }).node.permissions).toEqual([
      { actions: ['logs:DescribeLogGroups'], resources },
    ]);
    expect(lambda.invoke({ FunctionName: 'f' }, { resources: ['x'] }).node.permissions).toEqual([
      { actions: ['lambda:InvokeFunction'], resources: ['x'] },
    ]);
    expect(dynamodb.listTables({}).node.permissions).toBeUndefined();
  });

  it.each(['CloudWatchLogs', '@aws-sdk/client-s3', 'cloudwatch_logs', ''])(
    'refuses the client %j',
    (name) => {
      expect(() => awsSdk(name)).toThrow(
        "write for example 'cloudwatch-logs' for @aws-sdk/client-cloudwatch-logs",
      );
    },
  );

  it('refuses a service whose client is not installed, naming package and version line', () => {
    const translate = awsSdk<CloudWatchLogs>('translate');
    const subject = begin()
      .run('called', () => translate.describeLogGroups({}), { retry: 'none' })
      .returns(() => ({ value: 1 }));
    expect(() => compile(subject)).toThrow(
      /^Called: .*run: npm install --save-dev @aws-sdk\/client-translate@\^3\.\d+\.0/,
    );
  });
});

it('loads no client when the language is imported, only when a step calls its service', () => {
  const script = `
    import { createRequire } from 'node:module';
    const loaded = () => Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes('@aws-sdk'));
    const { awsSdk } = await import('./src/dsl/authoring/sdk.ts');
    const { retriesOf } = await import('./src/dsl/authoring/retry.ts');
    const { node } = awsSdk('dynamodb').listTables({});
    const before = loaded().length;
    retriesOf(node, undefined);
    console.log(JSON.stringify([before, loaded().some((path) => path.includes('client-dynamodb'))]));
  `;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { encoding: 'utf8', cwd: fileURLToPath(new URL('../../..', import.meta.url)) },
  );
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual([0, true]);
});
