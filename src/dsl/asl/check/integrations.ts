/** A service that Step Functions calls in a way of its own. */
export interface Integration {
  readonly actions: ReadonlySet<string>;
  /** Actions that can be waited for (`.sync`). */
  readonly jobs: ReadonlySet<string>;
  /** Whether a call can wait for its token to come back. */
  readonly token: boolean;
}

const known = (actions: string, { token = false } = {}): Integration => {
  const all = actions.split(' ');
  const names = all.map((action) => action.replace('*', ''));
  return {
    actions: new Set(names),
    jobs: new Set(names.filter((_, index) => all[index]?.endsWith('*'))),
    token,
  };
};

/**
 * The optimised integrations; an action with a star has `.sync`. Source: developer guide, "Integrating optimized
 * services" and the page of each.
 */
const INTEGRATIONS: Readonly<Record<string, Integration>> = {
  apigateway: known('invoke', { token: true }),
  athena: known('startQueryExecution* stopQueryExecution getQueryExecution getQueryResults'),
  batch: known('submitJob*'),
  bedrock: known('invokeModel createModelCustomizationJob*', { token: true }),
  codebuild: known(
    'startBuild* stopBuild batchDeleteBuilds batchGetReports startBuildBatch* stopBuildBatch retryBuildBatch* deleteBuildBatch',
  ),
  databrew: known('startJobRun*'),
  dynamodb: known('getItem putItem deleteItem updateItem'),
  ecs: known('runTask*', { token: true }),
  eks: known(
    'createCluster* deleteCluster* createFargateProfile* deleteFargateProfile* createNodegroup* deleteNodegroup* runJob* call',
    { token: true },
  ),
  elasticmapreduce: known(
    'createCluster* setClusterTerminationProtection terminateCluster* addStep* cancelStep modifyInstanceFleetByName modifyInstanceGroupByName',
  ),
  'emr-containers': known('createVirtualCluster deleteVirtualCluster* startJobRun*'),
  'emr-serverless': known(
    'createApplication* startApplication* stopApplication* deleteApplication* startJobRun* cancelJobRun*',
  ),
  events: known('putEvents', { token: true }),
  glue: known('startJobRun*'),
  http: known('invoke'),
  lambda: known('invoke', { token: true }),
  mediaconvert: known('createJob*'),
  sagemaker: known(
    'createEndpoint createEndpointConfig createHyperParameterTuningJob* createLabelingJob* createModel createProcessingJob* createTrainingJob* createTransformJob* updateEndpoint',
  ),
  sns: known('publish', { token: true }),
  sqs: known('sendMessage', { token: true }),
  states: known('startExecution*', { token: true }),
};

export const findIntegration = (service: string): Integration | undefined =>
  Object.hasOwn(INTEGRATIONS, service) ? INTEGRATIONS[service] : undefined;

export const integrationNames: readonly string[] = Object.keys(INTEGRATIONS);
