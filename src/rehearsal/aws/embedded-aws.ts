import { unknownOperation } from './aws-error.ts';
import { CallLog } from './call-log.ts';
import { ConsumedUnits } from './cloudwatch/consumed-units.ts';
import { CloudWatch } from './cloudwatch/service.ts';
import { DynamoDb } from './dynamodb/service.ts';
import type { WireItem } from './dynamodb/wire-item.ts';
import type { EventBridge } from './event-bridge/event-bridge.ts';
import { pipeService, scheduleService } from './event-bridge/rest-services.ts';
import { RuleService } from './event-bridge/rule-service.ts';
import { serveHttp, type HttpReply, type HttpRequest } from './http-endpoint.ts';
import { answerJsonRpc, type JsonRpcService } from './json-rpc.ts';
import { FunctionRegistry } from './lambda/function-registry.ts';
import { lambdaService } from './lambda/service.ts';
import { answerRest } from './rest/answer-rest.ts';
import type { RestService } from './rest/rest-service.ts';
import { Tagging } from './tagging/service.ts';
import { StepFunctions, type DescribeExecution } from './step-functions/service.ts';

export interface EmbeddedAwsOptions {
  /** The only source of time, in milliseconds since the epoch. */
  readonly clock: { now(): number };
  /** Port on 127.0.0.1; default 0, any free one. */
  readonly port?: number;
  /** Virtual minutes that a table restore takes; default 12. */
  readonly restoreMinutes?: number;
  /** Given, each restore takes between three and five quarters of `restoreMinutes`, fixed by seed and table. */
  readonly seed?: number;
  /** Virtual minutes that an on-demand backup takes; default 3. */
  readonly backupMinutes?: number;
  /** Virtual seconds that an event-source mapping takes to switch; default 10. */
  readonly mappingSwitchSeconds?: number;
  /** The account's concurrent executions, of which 100 stay unreserved; default 1000. */
  readonly accountConcurrency?: number;
  /** Whether Lambda's control plane refuses calls above its rates, measured in virtual time; default true. */
  readonly limitControlPlane?: boolean;
  /** What Step Functions knows of an execution; default: of none. */
  readonly describeExecution?: DescribeExecution;
}

export interface EmbeddedAws {
  /** `http://127.0.0.1:port`: give it to SDK clients as `endpoint`, with any region and credentials. */
  readonly endpoint: string;
  readonly functions: FunctionRegistry;
  /** Pipes, rules and schedules; put into it what there is to be. */
  readonly eventBridge: EventBridge;
  readonly callLog: CallLog;
  /**
   * A table's items at an instant, by canonical key, from the kept history: independent of what the engine
   * holds. Writes of the very millisecond `at` are included, so a restore to second S holds `contentAt(S)`.
   * @throws AwsError ResourceNotFoundException; a deleted table takes its history with it.
   */
  contentAt(table: string, at: number): Map<string, WireItem>;
  /** A table's items now, by canonical key, from the engine. @throws AwsError ResourceNotFoundException */
  contentNow(table: string): Promise<Map<string, WireItem>>;
  /** The names of a table's key attributes, partition key first. @throws AwsError ResourceNotFoundException */
  keyNames(table: string): readonly string[];
  /** The text of a table's resource policy that is in force; undefined without one. */
  policyOf(table: string): string | undefined;
  /** Ends the endpoint and forgets everything. */
  close(): Promise<void>;
}

/**
 * Starts DynamoDB, Lambda and what a recovery needs of EventBridge, Step Functions, CloudWatch and the tagging API behind one HTTP endpoint on loopback, for unmodified
 * AWS SDK clients. Everything is in memory; nothing is authenticated; every ARN has account 000000000000 and
 * region us-east-1. The id of a client's access key is taken for the name of the role that calls: all that roles are
 * asked for is whether a table's resource policy lets them.
 */
export async function startEmbeddedAws(options: EmbeddedAwsOptions): Promise<EmbeddedAws> {
  const { clock } = options;
  const callLog = new CallLog();
  const units = new ConsumedUnits();
  const functions = new FunctionRegistry(clock);
  const dynamoDb = new DynamoDb(
    {
      clock,
      restoreMinutes: options.restoreMinutes ?? 12,
      backupMinutes: options.backupMinutes ?? 3,
      seed: options.seed,
      units,
    },
    callLog,
  );
  const eventBridge: EventBridge = { pipes: [], rules: [], schedules: [] };
  const lambda = lambdaService(
    {
      clock,
      accountConcurrency: options.accountConcurrency ?? 1000,
      mappingSwitchSeconds: options.mappingSwitchSeconds ?? 10,
      limitControlPlane: options.limitControlPlane ?? true,
    },
    functions,
  );
  const restServices: readonly RestService[] = [
    lambda,
    pipeService(eventBridge),
    scheduleService(eventBridge),
  ];
  const rpcServices: Readonly<Record<string, JsonRpcService>> = {
    DynamoDB_20120810: dynamoDb,
    GraniteServiceVersion20100801: new CloudWatch(units),
    ResourceGroupsTaggingAPI_20170126: new Tagging(functions),
    AWSEvents: new RuleService(eventBridge),
    AWSStepFunctions: new StepFunctions(options.describeExecution ?? (() => undefined)),
  };

  async function answer(request: HttpRequest): Promise<HttpReply> {
    const target = request.headers['x-amz-target'];
    if (typeof target !== 'string') return answerRest(restServices, request, callLog);
    const [prefix = '', operation = ''] = target.split('.');
    const service = rpcServices[prefix] ?? unknownService(target);
    callLog.countCall(`${service.name}.${operation}`);
    return answerJsonRpc(service, operation, request);
  }

  const http = await serveHttp(options.port ?? 0, answer);
  return {
    endpoint: http.url,
    functions,
    eventBridge,
    callLog,
    contentAt: (table, at) => dynamoDb.contentAt(table, at),
    contentNow: (table) => dynamoDb.contentNow(table),
    keyNames: (table) => dynamoDb.keyNames(table),
    policyOf: (table) => dynamoDb.policyOf(table),
    close: async () => {
      await http.close();
      await dynamoDb.close();
    },
  };
}

/** Stands for a service that the embedded AWS does not have. */
function unknownService(target: string): JsonRpcService {
  return { name: 'Unknown', errorPrefix: '', call: () => Promise.reject(unknownOperation(target)) };
}
