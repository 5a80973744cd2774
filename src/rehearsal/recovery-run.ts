import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { PipesClient } from '@aws-sdk/client-pipes';
import type { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Json, StateMachine } from '../dsl/asl/machine.ts';
import { compile } from '../dsl/compiler/compile.ts';
import type { VirtualClock } from '../dsl/simulator/clock.ts';
import { type SimulationOptions, startSimulation } from '../dsl/simulator/simulate.ts';
import { StateFailure } from '../dsl/simulator/state-failure.ts';
import type { Environment, Service } from '../tasks/handler.ts';
import { type AnyHandler, handlers } from '../tasks/handlers.ts';
import { withoutData } from '../tasks/lambda-entry.ts';
import type { RecoverySystem } from '../tasks/recovery-system.ts';
import { allWorkflows } from '../workflow/all-workflows.ts';

/** What the recovery works through. */
export interface RecoveryClients {
  readonly dynamodb: DynamoDBClient;
  readonly kms: KMSClient;
  readonly lambda: LambdaClient;
  readonly sfn: SFNClient;
  readonly s3: S3Client;
  readonly cloudwatch: CloudWatchClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly events: EventBridgeClient;
  readonly pipes: PipesClient;
  readonly scheduler: SchedulerClient;
}

/** The recovery as it is deployed somewhere. */
export interface RecoveryDeployment {
  /** By physical name, with the functions' and machines' names or ARNs in them. */
  readonly machines: Readonly<Record<string, StateMachine>>;
  /** The physical name of a workflow's machine or a task's function. */
  readonly nameOf: (name: string) => string;
  /** What a task's function works through, when it is not all that there is. */
  readonly clientsOf?: (task: string, clients: RecoveryClients) => RecoveryClients;
  readonly account: string;
  readonly policies: NonNullable<SimulationOptions['policies']>;
}

/** What passes the bounds of a task's function: its payload, a line that it logs, its result or its error. */
export type Passed =
  | { readonly payload: unknown }
  | { readonly logged: object }
  | { readonly result: unknown }
  | { readonly error: Error };

/** What a run of the compiled recovery needs besides its input. */
export interface RecoverySetting {
  readonly clients: RecoveryClients;
  readonly clock: VirtualClock;
  readonly system: RecoverySystem;
  readonly seed?: number;
  readonly onEvent?: SimulationOptions['onEvent'];
  readonly observe?: SimulationOptions['observe'];
  /** Default true. */
  readonly keepHistory?: boolean;
  /** Is called before each task; what it throws is what Lambda answers. */
  readonly beforeTask?: (name: string) => void;
  /** Makes each invocation of a task's handler, for what may befall one; default: it is just called. */
  readonly invoke?: (
    handler: AnyHandler,
    payload: Json,
    environment: Environment<Service>,
  ) => Promise<unknown>;
  /** Hears what goes into each task's function and what comes out of it. */
  readonly onTask?: (task: string, passed: Passed) => void;
  /** What stands in for services that there are no clients of, by the Resource's ARN. */
  readonly resources?: SimulationOptions['resources'];
  readonly tokens?: SimulationOptions['tokens'];
  readonly executionName?: string;
  /** The workflow to start; default `Rewind`. */
  readonly workflow?: 'Rewind' | 'Drill';
  /** Default: under the workflows' and tasks' own names, with roles that may do everything. */
  readonly deployment?: Partial<RecoveryDeployment> | undefined;
}

/** The compiled machines by name, made once. */
export const machines: Readonly<Record<string, StateMachine>> = Object.fromEntries(
  allWorkflows.map((workflow) => [workflow.workflowName, compile(workflow).machine]),
);

const compiled = {
  machines,
  nameOf: (name: string) => name,
  clientsOf: (_task: string, all: RecoveryClients) => all,
};

/**
 * Starts the compiled `Rewind` machine, or another one that is asked for, in the simulator with the real task handlers, all of them working
 * through the given clients and on the virtual clock.
 */
export function startRecovery(input: Json, setting: RecoverySetting): ReturnType<typeof startSimulation> {
  const { clients, clock, system, deployment } = setting;
  const { nameOf, clientsOf, ...deployed } = { ...compiled, ...deployment };
  const { invoke = (handler, payload, environment) => handler(payload, environment) } = setting;
  const functions: SimulationOptions['functions'] = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => {
      const own = clientsOf(name, clients);
      return [
        nameOf(name),
        async (payload, { clock, deadline }) => {
          setting.beforeTask?.(name);
          const tell = (passed: Passed) => setting.onTask?.(name, passed);
          const log = (logged: object) => tell({ logged });
          tell({ payload });
          try {
            const result = await invoke(handler, payload, { ...own, system, clock, deadline, log });
            tell({ result });
            return result;
          } catch (thrown) {
            // What Lambda itself says of an invocation.
            if (thrown instanceof StateFailure) throw thrown;
            const error = withoutData(thrown, name);
            tell({ error });
            throw error;
          }
        },
      ];
    }),
  );
  const name = nameOf(setting.workflow ?? 'Rewind');
  const machine = deployed.machines[name];
  if (machine === undefined) throw new Error(`there is no machine named ${name}`);
  return startSimulation(machine, input, {
    ...deployed,
    name,
    functions,
    clients: { ...clients },
    clock,
    seed: setting.seed ?? 1,
    ...(setting.onEvent ? { onEvent: setting.onEvent } : {}),
    ...(setting.resources ? { resources: setting.resources } : {}),
    ...(setting.tokens ? { tokens: setting.tokens } : {}),
    ...(setting.observe ? { observe: setting.observe } : {}),
    keepHistory: setting.keepHistory ?? true,
    ...(setting.executionName ? { executionName: setting.executionName } : {}),
  });
}
