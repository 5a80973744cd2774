/** Services whose IAM prefix is not their name in a resource ARN. Source: Service Authorization Reference. */
const PREFIXES: Readonly<Record<string, string>> = {
  acmpca: 'acm-pca',
  apigatewayv2: 'apigateway',
  applicationautoscaling: 'application-autoscaling',
  bedrockruntime: 'bedrock',
  cloudwatchlogs: 'logs',
  cognitoidentity: 'cognito-identity',
  cognitoidentityprovider: 'cognito-idp',
  costexplorer: 'ce',
  databasemigration: 'dms',
  directory: 'ds',
  docdb: 'rds',
  dynamodbstreams: 'dynamodb',
  efs: 'elasticfilesystem',
  elasticloadbalancingv2: 'elasticloadbalancing',
  elasticsearch: 'es',
  emr: 'elasticmapreduce',
  eventbridge: 'events',
  neptune: 'rds',
  opensearch: 'es',
  rdsdata: 'rds-data',
  redshiftdata: 'redshift-data',
  resourcegroups: 'resource-groups',
  resourcegroupstaggingapi: 'tag',
  s3control: 's3',
  sesv2: 'ses',
  sfn: 'states',
};

/** Actions that IAM calls otherwise than the API. */
const ACTIONS: Readonly<Record<string, string>> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjects': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:CopyObject': 's3:PutObject',
  's3:CompleteMultipartUpload': 's3:PutObject',
  's3:CreateMultipartUpload': 's3:PutObject',
  's3:DeleteObjects': 's3:DeleteObject',
  's3:ListMultipartUploads': 's3:ListBucketMultipartUploads',
  's3:ListParts': 's3:ListMultipartUploadParts',
  's3:UploadPart': 's3:PutObject',
  'sns:PublishBatch': 'sns:Publish',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
  'sqs:SendMessageBatch': 'sqs:SendMessage',
};

/** The IAM action of an SDK integration's action: `('sfn', 'startExecution')` is `states:StartExecution`. */
export function iamAction(service: string, action: string): string {
  const name = `${PREFIXES[service] ?? service}:${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  return ACTIONS[name] ?? name;
}

const dynamodb = (...actions: readonly string[]): readonly string[] =>
  actions.map((action) => `dynamodb:${action}`);
const PARTIQL = dynamodb('PartiQLDelete', 'PartiQLInsert', 'PartiQLSelect', 'PartiQLUpdate');

/** Actions of the API that are none of IAM's: what they do is allowed part by part. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:BatchExecuteStatement': PARTIQL,
  'dynamodb:ExecuteStatement': PARTIQL,
  'dynamodb:ExecuteTransaction': PARTIQL,
  'dynamodb:TransactGetItems': dynamodb('GetItem'),
  'dynamodb:TransactWriteItems': dynamodb('ConditionCheckItem', 'DeleteItem', 'PutItem', 'UpdateItem'),
};

/** All that an SDK integration's action may need on what it is made on, whatever its arguments are. */
export function iamActions(service: string, action: string): readonly string[] {
  const name = iamAction(service, action);
  return PARTS[name] ?? [name];
}

/**
 * What DynamoDB does to the target of a restore in the name of whoever asks for it: permissions on the new table that a
 * restore needs beside its own on the source. Source: DynamoDB guide, "Using IAM with DynamoDB backup and restore".
 */
export const restoringActions = dynamodb(
  'BatchWriteItem',
  'DeleteItem',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
);
