import { describe, expect, it } from 'vitest';
import { iamAction } from '../../../src/dsl/asl/iam-action.ts';
import { missingClient, sdkModel, serviceOfPackage } from '../../../src/dsl/asl/sdk-model.ts';
import { cloudWatchLogs, installedClient } from '../../support/installed-client.ts';

installedClient('client-cloudwatch-logs', cloudWatchLogs);

describe('the model of a service', () => {
  it('is that of the project in the current directory, whatever dashes the package has', () => {
    const model = sdkModel('cloudwatchlogs');
    expect(model?.prefix).toBe('CloudWatchLogs');
    expect(model?.generalError).toBe('CloudWatchLogs.CloudWatchLogsException');
    expect(model?.operation('describeLogGroups')?.[2]).toBe('DescribeLogGroups');
    expect(model?.command('describeLogGroups')).toBeTypeOf('function');
  });

  it('names the errors as Step Functions does, and tells passing ones from refusals', () => {
    expect(sdkModel('cloudwatchlogs')?.errors).toEqual([
      { name: 'CloudWatchLogs.KmsKeyException', kind: 'refusal' },
      { name: 'CloudWatchLogs.ResourceNotFoundException', kind: 'refusal' },
      { name: 'CloudWatchLogs.ServiceUnavailableException', kind: 'fault' },
      { name: 'CloudWatchLogs.ThrottlingException', kind: 'throttling' },
    ]);
  });

  it('is else that of a client that this package has itself', () => {
    expect(['dynamodb', 'lambda', 'sfn'].map((service) => sdkModel(service)?.prefix)).toEqual([
      'DynamoDb',
      'Lambda',
      'Sfn',
    ]);
    expect(sdkModel('lambda')?.errors.filter(({ kind }) => kind !== 'refusal')).toEqual([
      { name: 'Lambda.Ec2ThrottledException', kind: 'throttling' },
      { name: 'Lambda.ServiceException', kind: 'fault' },
      { name: 'Lambda.TooManyRequestsException', kind: 'throttling' },
    ]);
  });

  it('is not there without the package, whose name and version line it then gives', () => {
    expect(sdkModel('translate')).toBeUndefined();
    expect(missingClient('translate')).toContain('npm install --save-dev @aws-sdk/client-translate@^3.');
  });

  it('has no action that is spelled otherwise, and no error or shape for an action', () => {
    const model = sdkModel('dynamodb');
    expect(model?.operation('describeTabel')).toBeUndefined();
    expect(model?.operation('DescribeTable')).toBeUndefined();
    expect(model?.operation('resourceNotFoundException')).toBeUndefined();
  });
});

// Rows of the guide's table "Supported AWS SDK service integrations".
it.each([
  ['dynamodb', 'dynamodb'],
  ['cloudwatch-logs', 'cloudwatchlogs'],
  ['config-service', 'config'],
  ['database-migration-service', 'databasemigration'],
  ['elastic-load-balancing-v2', 'elasticloadbalancingv2'],
  ['resource-explorer-2', 'resourceexplorer2'],
  ['directory-service-data', 'directoryservicedata'],
])('calls the service of client-%s %s in an ARN', (end, service) => {
  expect(serviceOfPackage(end)).toBe(service);
});

it.each([
  ['dynamodb', 'describeTable', 'dynamodb:DescribeTable'],
  ['sfn', 'startExecution', 'states:StartExecution'],
  ['cloudwatchlogs', 'createExportTask', 'logs:CreateExportTask'],
  ['lambda', 'invoke', 'lambda:InvokeFunction'],
  ['s3', 'listObjectsV2', 's3:ListBucket'],
])('allows %s:%s by %s', (service, action, expected) => {
  expect(iamAction(service, action)).toBe(expected);
});
