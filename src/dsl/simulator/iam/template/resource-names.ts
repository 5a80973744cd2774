import type { Template, TemplateResource } from './template.ts';

/** How the resources of a type are called: by which property, and what Ref and Arn then give. */
interface Naming {
  readonly name: string;
  /** The ARN behind `arn:<partition>:`. `R` stands for the region, `A` for the account, `N` for the name. */
  readonly arn: string;
  readonly ref: 'name' | 'arn';
}

/** Source: the types' "Return values" in the CloudFormation template reference. */
const NAMINGS: Readonly<Record<string, Naming>> = {
  'AWS::DynamoDB::GlobalTable': { name: 'TableName', arn: 'dynamodb:R:A:table/N', ref: 'name' },
  'AWS::DynamoDB::Table': { name: 'TableName', arn: 'dynamodb:R:A:table/N', ref: 'name' },
  'AWS::Events::EventBus': { name: 'Name', arn: 'events:R:A:event-bus/N', ref: 'name' },
  'AWS::IAM::Role': { name: 'RoleName', arn: 'iam::A:role/N', ref: 'name' },
  'AWS::Lambda::Function': { name: 'FunctionName', arn: 'lambda:R:A:function:N', ref: 'name' },
  'AWS::Logs::LogGroup': { name: 'LogGroupName', arn: 'logs:R:A:log-group:N:*', ref: 'name' },
  'AWS::S3::Bucket': { name: 'BucketName', arn: 's3:::N', ref: 'name' },
  'AWS::SNS::Topic': { name: 'TopicName', arn: 'sns:R:A:N', ref: 'arn' },
  'AWS::SQS::Queue': { name: 'QueueName', arn: 'sqs:R:A:N', ref: 'name' },
  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    arn: 'states:R:A:stateMachine:N',
    ref: 'arn',
  },
};

/** The attributes that are an ARN or the name. */
const ARNS = ['Arn', 'TopicArn'];
const NAMES = ['Name', 'QueueName', 'TopicName'];

/** What `Ref` (no attribute) or `Fn::GetAtt` gives of a resource that has its own name; else undefined. */
export function referenceTo(
  { type, properties }: TemplateResource,
  attribute: string | undefined,
  { values: { partition, region, account } }: Template,
): string | undefined {
  const naming = NAMINGS[type];
  const name = naming && properties[naming.name];
  if (typeof name !== 'string') return undefined;
  const arn = `arn:${partition}:${naming?.arn ?? ''}`.replace(/\b[RAN]\b/g, (letter) =>
    letter === 'R' ? region : letter === 'A' ? account : name,
  );
  // The Ref of a queue is its URL, which no policy speaks of.
  if (attribute === undefined)
    return naming?.ref === 'arn' ? arn : type === 'AWS::SQS::Queue' ? undefined : name;
  return ARNS.includes(attribute) ? arn : NAMES.includes(attribute) ? name : undefined;
}
