import type { StateMachine } from '../asl/machine.ts';
import type { ExecutionResult } from './execution-result.ts';
import type { ExecutionStart } from './execution-start.ts';
import type { Authority } from './iam/authority.ts';
import type { EndedExecution, StartedExecution } from './integrations/integration.ts';
import { refuseEndless } from './limits.ts';
import type { RedriveDescription } from './redrive.ts';
import type { MapChild, StartedMapChild } from './request.ts';
import type { Strand } from './strand.ts';
import type { ExecutionIdentity, World } from './world.ts';

/** An execution as the one that started it knows it. */
interface Child extends StartedExecution {
  /** With the label behind it, of a distributed Map's child. */
  readonly machineName: string;
  readonly redriveDescription: RedriveDescription;
  redrive(): void;
  result(): Promise<ExecutionResult>;
}

/** The execution that starts them. */
interface Parent {
  readonly world: World;
  readonly start: ExecutionStart;
  readonly identity: ExecutionIdentity;
  /** Undefined when its role may do everything. */
  readonly authority: Authority | undefined;
  readonly begin: (start: ExecutionStart) => Child;
  /** Hears of what a child cannot go on from. */
  readonly giveUp: (fault: unknown) => void;
}

/** The executions that one execution starts: nested ones, and those of its distributed Maps. */
export class ChildExecutions {
  readonly #parent: Parent;
  /** By ARN, in starting order. */
  readonly #children = new Map<string, Child>();

  constructor(parent: Parent) {
    this.#parent = parent;
  }

  /** The results of all of them, in starting order, once they have ended. */
  results(): Promise<ExecutionResult[]> {
    return Promise.all([...this.#children.values()].map((child) => child.result()));
  }

  /** @throws SimulationError for executions that start one another without end. */
  startNested(
    machineName: string,
    machine: StateMachine,
    start: Pick<ExecutionStart, 'input' | 'name'>,
  ): StartedExecution {
    const { world, start: own } = this.#parent;
    refuseEndless(own.generation ?? 0, ++world.nested.count, machineName);
    return this.#begin({ machineName, machine, type: 'STANDARD', ...start });
  }

  /** Starts a distributed Map's child, which is stopped with the strand that the Map is in. */
  startMapChild(
    { label, processor, input, mapRunArn, items, iterations }: MapChild,
    strand: Strand,
  ): StartedMapChild {
    const { world, start, identity } = this.#parent;
    const { StartAt, States, ProcessorConfig } = processor;
    const QueryLanguage = start.machine.QueryLanguage ?? 'JSONPath';
    const name = world.uuid();
    const child = this.#begin({
      machineName: `${start.machineName}/${label}`,
      machine: { QueryLanguage, StartAt, States },
      type: ProcessorConfig?.ExecutionType ?? 'STANDARD',
      name,
      input,
      mapRun: { mapRunArn, items, iterations: [...(identity.iterations ?? []), ...iterations] },
    });
    this.#stopWith(strand, child);
    return { executionArn: child.arn, name, startDate: child.startDate };
  }

  /** Has a distributed Map's child go on, if it can be redriven. */
  redriveMapChild(executionArn: string, strand: Strand): void {
    const child = this.#children.get(executionArn) as Child;
    if (child.redriveDescription.redriveStatus === 'NOT_REDRIVABLE') return;
    child.redrive();
    child.ended.catch(this.#parent.giveUp);
    this.#stopWith(strand, child);
  }

  async awaitMapChild(executionArn: string): Promise<EndedExecution> {
    return (this.#children.get(executionArn) as Child).ended;
  }

  #begin(start: Omit<ExecutionStart, 'parentArn' | 'generation'>): Child {
    const { start: own, identity, begin, giveUp } = this.#parent;
    const generation = (own.generation ?? 0) + 1;
    const child = begin({ ...start, parentArn: identity.executionArn, generation });
    this.#children.set(child.arn, child);
    // At once, whether or not anything awaits the child: what waits for its token would wait in vain.
    child.ended.catch(giveUp);
    return child;
  }

  /** Stops a distributed Map's child with the Map, unless the role may not: then it runs on. */
  #stopWith(strand: Strand, child: Child): void {
    const [, label = ''] = child.machineName.split('/');
    strand.onStop(() => {
      if (this.#parent.authority?.mayStopChild(label) !== false) child.stop();
    });
  }
}
