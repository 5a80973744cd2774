/**
 * Where the spelling of each SDK call that a workflow makes is confirmed. The compiler derives Step Functions'
 * names from the client's model; a name that is derived wrongly is found only when the machine runs, so each one
 * is looked up once, outside this project, and its source kept here.
 */

/** Machines that call DynamoDB in production, and their authors' repositories. */
const RESTORE_MACHINE =
  'github.com/csg-org/CompactConnect stacks/disaster_recovery_stack/restore_dynamo_db_table_step_function.py';
const IMPORT_MACHINE =
  'github.com/aws-samples/aws-iam-identity-center-extensions lib/state-machines/import-current-config.asl';

const EXPORT_MACHINE =
  'github.com/aws-solutions-library-samples/guidance-for-incremental-data-exports-from-amazon-dynamodb-to-amazon-s3';

/** CloudWatch's API reference: its names begin with a capital and have no acronym, so the SDK for Java keeps them. */
const METRICS_API = 'docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html';

/** Executions recorded on AWS. */
const RECORDED =
  'github.com/localstack/localstack tests/aws/services/stepfunctions/v2 (snapshots recorded on AWS)';

/** DynamoDB's API reference: the name has no acronym and begins with a capital, so the SDK for Java keeps it. */
const API = (page: string) => `docs.aws.amazon.com/amazondynamodb/latest/APIReference/${page}.html`;

/** The suffix rule: developer guide, "Learning to use AWS service SDK integrations". */
const GUIDE = 'docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html';

/** Names as Step Functions spells them, each with its source. */
export interface SdkSpelling {
  readonly request: { readonly [member: string]: string };
  /** Members that a workflow reads, at any depth. */
  readonly response: { readonly [member: string]: string };
}

/** By `<service>:<action>`. */
export const sdkSpellings: { readonly [call: string]: SdkSpelling } = {
  'dynamodb:describeTable': {
    request: { TableName: RESTORE_MACHINE },
    response: {
      Table: RESTORE_MACHINE,
      TableArn: API('API_TableDescription'),
      TableStatus: RESTORE_MACHINE,
      RestoreSummary: API('API_TableDescription'),
      RestoreInProgress: API('API_RestoreSummary'),
    },
  },
  'dynamodb:restoreTableToPointInTime': {
    request: {
      SourceTableArn: RESTORE_MACHINE,
      TargetTableName: RESTORE_MACHINE,
      RestoreDateTime: RESTORE_MACHINE,
      BillingModeOverride: API('API_RestoreTableToPointInTime'),
      GlobalSecondaryIndexOverride: API('API_RestoreTableToPointInTime'),
      LocalSecondaryIndexOverride: API('API_RestoreTableToPointInTime'),
    },
    response: {},
  },
  'dynamodb:tagResource': {
    request: { ResourceArn: API('API_TagResource'), Tags: API('API_TagResource') },
    response: {},
  },
  'dynamodb:createBackup': {
    request: { TableName: RESTORE_MACHINE, BackupName: RESTORE_MACHINE },
    response: { BackupDetails: RESTORE_MACHINE, BackupArn: RESTORE_MACHINE },
  },
  'dynamodb:describeBackup': {
    request: { BackupArn: RESTORE_MACHINE },
    response: {
      BackupDescription: RESTORE_MACHINE,
      BackupDetails: RESTORE_MACHINE,
      BackupStatus: RESTORE_MACHINE,
    },
  },
  'cloudwatch:getMetricStatistics': {
    request: {
      Namespace: METRICS_API,
      MetricName: METRICS_API,
      Dimensions: METRICS_API,
      StartTime: METRICS_API,
      EndTime: METRICS_API,
      Period: METRICS_API,
      Statistics: METRICS_API,
    },
    response: { Datapoints: METRICS_API },
  },
  'dynamodb:deleteTable': {
    request: { TableName: IMPORT_MACHINE },
    response: {},
  },
};

/** The errors of SDK calls that a Retry or a Catch of a workflow names. */
export const sdkErrorSpellings: { readonly [error: string]: string } = {
  'DynamoDb.ResourceNotFoundException': RECORDED,
  'DynamoDb.ResourceInUseException': API('API_DeleteTable'),
  'DynamoDb.TableAlreadyExistsException': API('API_RestoreTableToPointInTime'),
  'DynamoDb.LimitExceededException': API('API_CreateBackup'),
  'DynamoDb.BackupInUseException': API('API_CreateBackup'),
  'DynamoDb.TableInUseException': API('API_CreateBackup'),
  'DynamoDb.InternalServerErrorException': `${API('API_GetItem')}, with the suffix of ${GUIDE}`,
  'DynamoDb.RequestLimitExceededException': `${API('API_GetItem')}, with the suffix of ${GUIDE}`,
  'DynamoDb.ProvisionedThroughputExceededException': API('API_GetItem'),
  'DynamoDb.ThrottlingException': API('API_GetItem'),
  'DynamoDb.TransactionInProgressException': API('API_TransactWriteItems'),
  'DynamoDb.SdkClientException': EXPORT_MACHINE,
  'CloudWatch.CloudWatchException': `the service's general exception in the SDK for Java, with the prefix of ${GUIDE}`,
  'CloudWatch.InternalServiceException': `InternalServiceFault of ${METRICS_API}, with the suffix of ${GUIDE}`,
  'CloudWatch.SdkClientException': `what the SDK for Java throws for every service: ${EXPORT_MACHINE}`,
};
