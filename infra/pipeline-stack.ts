import { Stack, Stage, type StackProps } from 'aws-cdk-lib';
import { BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { RewindStack } from './rewind-stack.ts';
import type { SystemConfig } from './system-config.ts';

export interface PipelineStackProps extends StackProps {
  readonly config: SystemConfig;
  readonly pipeline: NonNullable<SystemConfig['pipeline']>;
  /** The configuration's path in the repository, as synthesis is to be told; none for the example. */
  readonly configFile?: string | undefined;
}

/**
 * A pipeline that verifies each commit as a developer does, synthesises, updates itself, and deploys the
 * recovery. Nothing is deployed that has not passed every test.
 */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, { config, pipeline, configFile, ...props }: PipelineStackProps) {
    super(scope, id, {
      description: 'Rewind: the pipeline that deploys the recovery',
      ...(config.account === undefined && config.region === undefined
        ? {}
        : { env: { account: config.account, region: config.region } }),
      ...props,
    });
    const { connectionArn, repository, branch = 'main' } = pipeline;
    const context = configFile === undefined ? '' : ` -c config=${configFile}`;
    const delivery = new CodePipeline(this, 'Delivery', {
      synth: new ShellStep('Synth', {
        input: CodePipelineSource.connection(repository, branch, { connectionArn }),
        commands: ['npm ci', 'npm run verify', `npx cdk synth --quiet${context}`],
        primaryOutputDirectory: 'cdk.out',
      }),
      codeBuildDefaults: {
        partialBuildSpec: BuildSpec.fromObject({
          phases: { install: { 'runtime-versions': { nodejs: 22 } } },
        }),
      },
    });
    delivery.addStage(new Production(this, 'Production', config));
  }
}

/** What a commit that passes is deployed to. */
class Production extends Stage {
  readonly rewind: RewindStack;

  constructor(scope: Construct, id: string, config: SystemConfig) {
    super(scope, id);
    this.rewind = new RewindStack(this, 'Rewind', { config });
  }
}
