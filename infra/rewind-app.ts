import { App, type AppProps } from 'aws-cdk-lib';
import cdk from '../cdk.json' with { type: 'json' };
import { exampleSystem } from './example-system.ts';
import { PipelineStack } from './pipeline-stack.ts';
import { RewindStack, stackNameOf } from './rewind-stack.ts';
import { readSystemConfig } from './system-config.ts';

export interface RewindApp {
  readonly app: App;
  readonly recovery: RewindStack;
  /** Undefined when the configuration has none. */
  readonly pipeline: PipelineStack | undefined;
}

/**
 * The CDK app: the recovery of the system that the file in the context value `config` describes, or of an
 * example, and the pipeline that deploys it if the configuration has one. By hand or by the pipeline, it is
 * the same stack that is deployed.
 */
export function rewindApp(props: AppProps): RewindApp {
  // Feature flags come from one place, with the cdk command or without it.
  const app = new App({ ...props, context: { ...cdk.context, ...props.context } });
  const configFile = app.node.tryGetContext('config') as string | undefined;
  const config = configFile === undefined ? exampleSystem : readSystemConfig(configFile);
  const name = stackNameOf(config);
  const recovery = new RewindStack(app, name, { config });
  const { pipeline } = config;
  return {
    app,
    recovery,
    pipeline:
      pipeline === undefined
        ? undefined
        : new PipelineStack(app, `${name}Pipeline`, { config, pipeline, configFile }),
  };
}
