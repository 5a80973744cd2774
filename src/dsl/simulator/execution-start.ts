import type { Json, StateMachine } from '../asl/machine.ts';
import type { MachineType } from './arns.ts';
import type { ExecutionIdentity } from './world.ts';

/** What an execution is started with. */
export interface ExecutionStart {
  readonly machineName: string;
  readonly machine: StateMachine;
  readonly type: MachineType;
  readonly name: string;
  readonly input: Json;
  readonly parentArn?: string;
  /** What it is a part of, as a child of a distributed Map. */
  readonly mapRun?: Required<Pick<ExecutionIdentity, 'mapRunArn' | 'items' | 'iterations'>>;
  /** How many executions led to this one, each of which started the next. */
  readonly generation?: number;
}
