import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, vi } from 'vitest';

/**
 * A project, in the place of the current directory, that has one SDK client package installed. It is in the
 * form of the real ones: a client class that knows the service's id, `<Operation>$` and `<Error>$` schemas.
 */
export function installedClient(name: string, source: string): void {
  const project = mkdtempSync(join(tmpdir(), 'project-'));
  const folder = join(project, 'node_modules', '@aws-sdk', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: `@aws-sdk/${name}`, main: 'index.js' }));
  writeFileSync(join(folder, 'index.js'), source);
  vi.spyOn(process, 'cwd').mockReturnValue(project);
  afterAll(() => {
    vi.restoreAllMocks();
    rmSync(project, { recursive: true });
  });
}

/** CloudWatch Logs as far as the tests need it: names that begin in lower case, and a list of structures. */
export const cloudWatchLogs = `
const n = 'com.amazonaws.cloudwatchlogs';
exports.CloudWatchLogsClient = class { config = { serviceId: 'CloudWatch Logs' }; };
exports.__Client = class {};
exports.CloudWatchLogsServiceException$ = [-3, 'smithy.ts.sdk.synthetic.' + n, 'CloudWatchLogsServiceException', 0, [], []];
exports.ThrottlingException$ = [-3, n, 'ThrottlingException', { error: 'client' }, ['message'], [0]];
exports.ServiceUnavailableException$ = [-3, n, 'ServiceUnavailableException', { error: 'server' }, [], []];
exports.KMSKeyFault$ = [-3, n, 'KMSKeyFault', { error: 'server' }, [], []];
exports.ResourceNotFound$ = [-3, n, 'ResourceNotFound', { error: 'client' }, [], []];
const tag = [2, n, 'Tags', 0, 0, 0];
const group = [3, n, 'LogGroup', 0, ['logGroupName', 'creationTime', 'kmsKeyARN', 'tags'], [0, 4, 0, () => tag]];
const groups = [1, n, 'LogGroups', 0, () => group];
const request = [3, n, 'DescribeLogGroupsRequest', 0, ['logGroupNamePrefix', 'limit'], [0, 1]];
const response = [3, n, 'DescribeLogGroupsResponse', 0, ['logGroups', 'nextToken'], [() => groups, 0]];
exports.DescribeLogGroups$ = [9, n, 'DescribeLogGroups', 0, () => request, () => response];
exports.DescribeLogGroupsCommand = class { constructor(input) { this.input = input; } };
const put = [3, n, 'PutLogGroupRequest', 0, ['group', 'expires', 'body'], [() => group, 4, 21]];
exports.PutLogGroup$ = [9, n, 'PutLogGroup', 0, () => put, () => [3, n, 'Unit', 0, [], []]];
`;

/** The class that such a package's types would have. */
export interface CloudWatchLogs {
  describeLogGroups: ClientMethod<
    { logGroupNamePrefix?: string | undefined; limit?: number },
    { logGroups?: LogGroup[]; nextToken?: string; $metadata: object }
  >;
  putLogGroup: ClientMethod<{ group?: LogGroup; expires?: Date; body?: Uint8Array }, { $metadata: object }>;
  paginateDescribeLogGroups(): object;
  send(): void;
}

interface LogGroup {
  logGroupName?: string;
  creationTime?: Date;
  kmsKeyARN?: string;
  tags?: Record<string, string>;
}

/** An action as client classes have it: for a promise, and with a callback. */
interface ClientMethod<In, Out> {
  (request: In, options?: object): Promise<Out>;
  (request: In, callback: (fault: unknown, data?: Out) => void): void;
  (request: In, options: object, callback: (fault: unknown, data?: Out) => void): void;
}
