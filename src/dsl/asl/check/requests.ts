/** What a call takes, as far as is known. */
export interface RequestFields {
  /** Undefined where only the required ones are known. */
  readonly fields: readonly string[] | undefined;
  readonly required: readonly string[];
}

/** A star marks what is required; a list that ends in `…` is not the whole. */
const known = (text: string): RequestFields => {
  const names = text.split(' ').filter((name) => name !== '…');
  return {
    fields: text.endsWith('…') ? undefined : names.map((name) => name.replace('*', '')),
    required: names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1)),
  };
};

const EXPRESSION = 'ConditionExpression ExpressionAttributeNames ExpressionAttributeValues';
const RETURNS =
  'ReturnConsumedCapacity ReturnItemCollectionMetrics ReturnValues ReturnValuesOnConditionCheckFailure';
const WRITE = `ConditionalOperator ${EXPRESSION} Expected ${RETURNS}`;

/**
 * Requests of the optimised integrations and of a distributed map's reader and writer. Sources: developer guide,
 * the page of each integration, "ItemReader (Map)", "ResultWriter (Map)"; API reference of each action.
 */
const REQUESTS: Readonly<Record<string, RequestFields>> = {
  'apigateway:invoke': known(
    'ApiEndpoint* Method* AllowNullValues AuthType Headers Path QueryParameters RequestBody Stage',
  ),
  'athena:startQueryExecution': known('QueryString* …'),
  'batch:submitJob': known('JobName* JobQueue* JobDefinition* …'),
  'bedrock:invokeModel': known('ModelId* …'),
  'codebuild:startBuild': known('ProjectName* …'),
  'dynamodb:deleteItem': known(`TableName* Key* ${WRITE}`),
  'dynamodb:getItem': known(
    'TableName* Key* AttributesToGet ConsistentRead ExpressionAttributeNames ProjectionExpression ReturnConsumedCapacity',
  ),
  'dynamodb:putItem': known(`TableName* Item* ${WRITE}`),
  'dynamodb:updateItem': known(`TableName* Key* AttributeUpdates UpdateExpression ${WRITE}`),
  'ecs:runTask': known('TaskDefinition* …'),
  'events:putEvents': known('Entries* EndpointId'),
  'glue:startJobRun': known('JobName* …'),
  'http:invoke': known(
    'ApiEndpoint* Method* Authentication Headers InvocationConfig QueryParameters RequestBody Transform',
  ),
  'lambda:invoke': known(
    'FunctionName* ClientContext DurableExecutionName InvocationType LogType Payload Qualifier TenantId',
  ),
  's3:getObject': known('Bucket* Key* ExpectedBucketOwner VersionId'),
  's3:listObjectsV2': known(
    'Bucket* ContinuationToken Delimiter EncodingType ExpectedBucketOwner FetchOwner MaxKeys OptionalObjectAttributes Prefix RequestPayer StartAfter',
  ),
  's3:putObject': known('Bucket* ExpectedBucketOwner Prefix'),
  'sns:publish': known(
    'Message* MessageAttributes MessageDeduplicationId MessageGroupId MessageStructure PhoneNumber Subject TargetArn TopicArn',
  ),
  'sqs:sendMessage': known(
    'QueueUrl* MessageBody* DelaySeconds MessageAttribute MessageAttributes MessageDeduplicationId MessageGroupId MessageSystemAttributes',
  ),
  'states:startExecution': known('StateMachineArn* Input Name TraceHeader'),
};

export const requestOf = (service: string, action: string): RequestFields | undefined => {
  const name = `${service}:${action}`;
  return Object.hasOwn(REQUESTS, name) ? REQUESTS[name] : undefined;
};
