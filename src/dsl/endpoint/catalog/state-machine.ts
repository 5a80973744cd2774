import type * as z from 'zod';
import type { StateMachine } from '../../asl/machine.ts';
import type {
  encryptionConfiguration,
  loggingConfiguration,
  tracingConfiguration,
} from '../request-parts.ts';

/** What an execution runs by: what CreateStateMachine or an UpdateStateMachine has set. Never changed. */
export interface Revision {
  /** Its own name, by which executions refer to it. */
  readonly key: string;
  /** What the API calls it; the first one has none. */
  readonly revisionId?: string;
  readonly machineName: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition: string;
  readonly roleArn: string;
  readonly loggingConfiguration: NonNullable<z.output<typeof loggingConfiguration>>;
  readonly tracingConfiguration: NonNullable<z.output<typeof tracingConfiguration>>;
  readonly encryptionConfiguration: NonNullable<z.output<typeof encryptionConfiguration>>;
  /** Milliseconds since the epoch, as all dates here. */
  readonly updateDate: number;
}

export interface Version {
  readonly number: number;
  readonly creationDate: number;
  readonly description?: string;
  readonly revision: Revision;
}

export interface Alias {
  readonly name: string;
  readonly description?: string;
  readonly routing: readonly { readonly stateMachineVersionArn: string; readonly weight: number }[];
  readonly creationDate: number;
  readonly updateDate: number;
}

export interface StateMachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly creationDate: number;
  readonly current: Revision;
  /** The oldest first. */
  readonly versions: readonly Version[];
  /** The number that the next version gets: none is given twice. */
  readonly nextVersion: number;
  readonly aliases: readonly Alias[];
  readonly tags: Tags;
}

export type Tags = { readonly [key: string]: string };

const machines = new WeakMap<Revision, StateMachine>();

/** The definition, parsed once. */
export function machineOf(revision: Revision): StateMachine {
  const known = machines.get(revision);
  if (known !== undefined) return known;
  const machine = JSON.parse(revision.definition) as StateMachine;
  machines.set(revision, machine);
  return machine;
}

export const versionArn = (machineArn: string, { number }: Version): string => `${machineArn}:${number}`;

export const aliasArn = (machineArn: string, { name }: Alias): string => `${machineArn}:${name}`;
