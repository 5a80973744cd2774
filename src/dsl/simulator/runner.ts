import type { Caller } from './caller.ts';
import type { ChildExecutions } from './child-executions.ts';
import { findsActivity } from './integrations/find-integration.ts';
import { evaluateExpression, type Surroundings } from './jsonata/evaluate-expression.ts';
import type { Process, Request, UnnumberedEvent } from './request.ts';
import { runCall } from './run-call.ts';
import { runFork } from './run-fork.ts';
import { accessS3 } from './s3/access-s3.ts';
import { isStateEvent } from './state-events.ts';
import type { Strand } from './strand.ts';
import type { ExecutionIdentity, World } from './world.ts';

/** What the processes of an execution turn to. */
interface Ground {
  readonly world: World;
  readonly identity: ExecutionIdentity;
  readonly surroundings: Surroundings;
  readonly caller: Caller;
  readonly children: ChildExecutions;
  /** Returns the event's id. */
  readonly record: (event: UnnumberedEvent) => number;
}

/** Performs what the processes of one execution request. */
export class Runner {
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /**
   * Runs the process of the whole to its end. Whoever starts it has time to take hold of the execution: to stop it, say,
   * when it hears the first event.
   */
  async run<T>(process: Process<T>, root: Strand): Promise<T> {
    await Promise.resolve();
    return root.stopped ? new Promise(() => {}) : this.#drive(process, root, false);
  }

  /** Resumes the process with the answer to each of its requests until it returns or throws. */
  async #drive<T>(process: Process<T>, strand: Strand, takesTurns: boolean): Promise<T> {
    let step = process.next();
    while (step.done !== true) {
      let answer: unknown;
      let failed = false;
      try {
        const given = this.#perform(step.value, strand);
        const isTurn = takesTurns && endsTurn(step.value);
        answer = isTurn || given instanceof Promise ? await given : given;
      } catch (fault) {
        answer = fault;
        failed = true;
      }
      // A stopped process waits for ever; nothing waits for it.
      if (strand.stopped) return new Promise(() => {});
      step = failed ? process.throw(answer) : process.next(answer);
    }
    return step.value;
  }

  #perform(request: Request, strand: Strand): unknown {
    const { world, identity, caller, children } = this.#ground;
    switch (request.kind) {
      case 'record':
        return this.#ground.record(request.event);
      case 'evaluate':
        return evaluateExpression(request.evaluation, this.#ground.surroundings);
      case 'now':
        return world.clock.now();
      case 'random':
        return world.random();
      case 'uuid':
        return world.uuid();
      case 'sleepUntil':
        return this.#sleepUntil(request.at, strand);
      case 'knowsActivity':
        return findsActivity(request.arn, world);
      case 'call':
        return runCall(request.call, strand, { world, caller });
      case 'fork':
        return runFork(request.fork, strand, (process, inner) => this.#drive(process, inner, true));
      case 'mapRunStarted':
        return world.host?.mapRunStarted(request.run, identity.executionArn);
      case 'permitMapRun':
        return caller.authority?.permitMapRun(request);
      case 'startMapChild':
        return children.startMapChild(request.child, strand);
      case 'redriveMapChild':
        return children.redriveMapChild(request.executionArn, strand);
      case 'awaitMapChild':
        return children.awaitMapChild(request.executionArn);
      case 's3':
        return accessS3(request.access, world, caller.authority);
      case 'observe':
        return world.observe?.(request.observation, identity);
    }
    return request satisfies never;
  }

  async #sleepUntil(at: number, strand: Strand): Promise<void> {
    await new Promise<void>((resolve) => {
      const forget = strand.onStop(
        this.#ground.world.clock.schedule(at, () => {
          forget();
          resolve();
        }),
      );
    });
  }
}

/** Processes side by side take turns, when a state is entered and when it is left; one alone need not wait. */
const endsTurn = (request: Request): boolean => request.kind === 'record' && isStateEvent(request.event.type);
