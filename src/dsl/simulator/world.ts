import type { StateMachine } from '../asl/machine.ts';
import type { SdkClient } from '../asl/sdk-model.ts';
import type { Account } from './arns.ts';
import type { VirtualClock } from './clock.ts';
import type { Host } from './host.ts';
import type { HistoryEvent } from './history-event.ts';
import type { RolePolicy } from './iam/role-policy.ts';
import type { Observation } from './observation.ts';
import type { SimulatedFunction } from './invocation.ts';
import type { ResourceFake } from './resource-fake.ts';
import type { FieldValidationMode } from './results/misfits.ts';
import type { ObjectStore } from './s3/object-store.ts';
import type { Iteration } from './visit.ts';
import type { TaskTokens } from './task-tokens.ts';

export interface ExecutionIdentity {
  readonly executionArn: string;
  readonly machineName: string;
  /** The execution that started this one. */
  readonly parentArn?: string;
  /** The Map Run that it is a child of. */
  readonly mapRunArn?: string;
  /** How many of the Map Run's items it stands for. */
  readonly items?: number;
  /** Of a Map Run's child: the iterations that it is in, the outermost first, its own last. */
  readonly iterations?: readonly Iteration[];
}

/** Hears what happens in states; the state goes on when what it returns has settled. */
export type Observer = (observation: Observation, execution: ExecutionIdentity) => void | Promise<void>;

/** What all executions of one simulation share. */
export interface World extends Account {
  /** When AWS is to behave as it did, where it has changed; milliseconds since the epoch. */
  readonly asOf: number;
  /** The role of executions; undefined for one named after the machine. */
  readonly roleArn: string | undefined;
  readonly clock: VirtualClock;
  readonly random: () => number;
  readonly uuid: () => string;
  readonly tokens: TaskTokens;
  /** A function by its bare name; undefined when there is none. */
  readonly findFunction: (name: string) => SimulatedFunction | undefined;
  /** By the name of a Task state. */
  readonly tasks: { readonly [state: string]: ResourceFake };
  /** By a Resource's whole ARN. */
  readonly resources: { readonly [arn: string]: ResourceFake };
  /** How the results of fakes are checked; undefined for strictly wherever that can be. */
  readonly fieldValidationMode: FieldValidationMode | undefined;
  /** By ARN. */
  readonly activities: { readonly [arn: string]: ResourceFake };
  /** By service name as in resource ARNs of SDK integrations: `dynamodb`, `eventbridge`, `sfn`. */
  readonly clients: { readonly [service: string]: SdkClient };
  /** By bare state machine name. */
  readonly machines: { readonly [name: string]: StateMachine };
  /** What distributed Maps read from and write to; undefined when the test gives none. */
  readonly objectStore: ObjectStore | undefined;
  /** What roles may do, by state machine's name or role's ARN; undefined when every role may do everything. */
  readonly policies: ReadonlyMap<string, RolePolicy> | undefined;
  /** Whether results have histories. */
  readonly keepHistory: boolean;
  readonly onEvent: (event: HistoryEvent, execution: ExecutionIdentity) => void;
  /** Undefined when nobody observes. */
  readonly observe: Observer | undefined;
  /** The executions there were: a name can be used once per machine. */
  readonly executionArns: Set<string>;
  /** The executions that tasks have started. */
  readonly nested: { count: number };
  /** Absent when a simulation is all there is. */
  readonly host?: Host;
}
