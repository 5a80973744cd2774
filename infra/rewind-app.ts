import { App, type AppProps, Tags } from 'aws-cdk-lib';
import cdk from '../cdk.json' with { type: 'json' };
import { exampleSystem } from './example-system.ts';
import { PipelineStack } from './pipeline-stack.ts';
import { DEFAULT_NAME } from './recovery-names.ts';
import { RewindStack } from './rewind-stack.ts';
import { readSystemConfig } from './system-config.ts';

/**
 * The CDK app: the recovery of the system that the file in the context value `config` describes, or of an
 * example, and the pipeline that deploys it if the configuration has one.
 */
export function rewindApp(props: AppProps): App {
  // Feature flags come from one place, with the cdk command or without it.
  const app = new App({ ...props, context: { ...cdk.context, ...props.context } });
  const configFile = app.node.tryGetContext('config') as string | undefined;
  const config = configFile === undefined ? exampleSystem : readSystemConfig(configFile);
  const name = config.name ?? DEFAULT_NAME;
  Tags.of(new RewindStack(app, name, { config })).add('rewind:recovery', name);
  if (config.pipeline !== undefined) {
    const { pipeline } = config;
    const stack = new PipelineStack(app, `${name}Pipeline`, { config, pipeline, configFile });
    Tags.of(stack).add('rewind:recovery', name);
  }
  return app;
}
