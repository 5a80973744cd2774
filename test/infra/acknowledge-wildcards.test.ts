import { App } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import cdk from '../../cdk.json' with { type: 'json' };
import { exampleSystem } from '../../infra/example-system.ts';
import { RewindStack } from '../../infra/rewind-stack.ts';
import type { SystemConfig } from '../../infra/system-config.ts';

/** What cdk-nag finds wrong with the stack of a recovery. */
function findings(config: SystemConfig, change: (stack: RewindStack) => void = () => undefined): string[] {
  const app = new App({ context: { ...cdk.context, [BUNDLING_STACKS]: [] } });
  const stack = new RewindStack(app, 'ShopRecovery', { config });
  change(stack);
  app.synth();
  return new AwsSolutionsChecks().validateScope(app).violations.map(({ ruleName }) => ruleName);
}

const everything: SystemConfig = {
  ...exampleSystem,
  functions: {
    names: ['legacy'],
    tags: [{ key: 'app', value: 'shop' }],
    stacks: ['ShopStack'],
    exclude: ['arn:aws:lambda:us-east-1:123456789012:function:shop-status-page'],
  },
  pause: {
    pipes: ['shop-mails'],
    rules: ['shop-nightly'],
    schedules: ['shop/bills'],
    scheduleRoles: ['arn:aws:iam::123456789012:role/shop-scheduler'],
  },
  reportBucket: {
    name: 'shop-reports',
    prefix: 'recoveries',
    kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/22222222-2222-3333-4444-555555555555',
  },
  writeFence: true,
  drill: { schedule: 'cron(0 3 ? * SUN *)' },
};

describe("cdk-nag's rules for AWS Solutions", () => {
  it.each([
    ['the example', exampleSystem],
    ['a system with all there is', everything],
  ])('find nothing wrong with %s that has no reason given', (_name, config) => {
    expect(findings(config)).toEqual([]);
  });

  it('still find a wildcard that nobody has given a reason for', () => {
    const widened = findings(exampleSystem, ({ recovery }) =>
      recovery.functions
        .get('Freeze')
        ?.addToRolePolicy(
          new PolicyStatement({ actions: ['s3:*', 'lambda:ListFunctions', 'kms:Decrypt'], resources: ['*'] }),
        ),
    );
    expect(widened.sort()).toEqual(['AwsSolutions-IAM5[Action::s3:*]', 'AwsSolutions-IAM5[Resource::*]']);
  });
});
