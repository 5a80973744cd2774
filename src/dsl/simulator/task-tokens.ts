import type { Json } from '../asl/machine.ts';

/** What SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat refuse; `name` is the API's own. */
export class TaskTokenError extends Error {
  override readonly name: 'InvalidToken' | 'TaskTimedOut';

  constructor(name: 'InvalidToken' | 'TaskTimedOut') {
    super(
      name === 'InvalidToken'
        ? "Invalid Token: 'Invalid token'"
        : "Task Timed Out: 'Provided task does not exist anymore'",
    );
    this.name = name;
  }
}

export type TaskAnswer =
  | { readonly kind: 'success'; readonly output: Json }
  | { readonly kind: 'failure'; readonly error?: string | undefined; readonly cause?: string | undefined };

/** A task that waits for its token to be answered. */
export interface WaitingTask {
  readonly token: string;
  readonly stateName: string;
  readonly executionArn: string;
}

interface OpenTask extends WaitingTask {
  readonly answer: (answer: TaskAnswer) => void;
  readonly heartbeat: () => void;
}

/**
 * The task tokens of a simulation, and the way to answer them: from a test (`clock.schedule` puts the answer
 * at a time), from a simulated function or from a fake. Within the simulated machines
 * `aws-sdk:sfn:sendTaskSuccess` and its like answer as well.
 *
 * @example
 * ```ts
 * const tokens = new TaskTokens();
 * const Ask = () => void tokens.sendTaskSuccess(tokens.waiting[0]?.token ?? '', { approved: false, by: 'Grace' });
 * const asking = flow
 *   .approval('agreed', (_scope, token) => ask({ question: 'Ship?', token }), { giveUpAfter: '1 day' })
 *   .returns(() => 'yes');
 * const answered = await simulate(compile(asking).machine, order, { tokens, functions: { Ask } });
 * answered.cause; // → "the answer was no, by Grace"
 * ```
 */
export class TaskTokens {
  readonly #open = new Map<string, OpenTask>();
  readonly #over = new Set<string>();

  /** The tasks under way that nobody has answered yet, in the order they were scheduled. */
  get waiting(): readonly WaitingTask[] {
    return [...this.#open.values()].map(({ token, stateName, executionArn }) => ({
      token,
      stateName,
      executionArn,
    }));
  }

  /** Whether the token is one of this simulation's, answered or not. */
  knows(token: string): boolean {
    return this.#open.has(token) || this.#over.has(token);
  }

  /** @throws TaskTokenError InvalidToken for an unknown token, TaskTimedOut for one whose task is over. */
  sendTaskSuccess(token: string, output: Json): void {
    this.#close(token).answer({ kind: 'success', output: structuredClone(output) });
  }

  /** @throws TaskTokenError as sendTaskSuccess does. */
  sendTaskFailure(token: string, { error, cause }: { error?: string; cause?: string } = {}): void {
    this.#close(token).answer({ kind: 'failure', error, cause });
  }

  /**
   * Begins the state's HeartbeatSeconds anew.
   * @throws TaskTokenError as sendTaskSuccess does.
   */
  sendTaskHeartbeat(token: string): void {
    this.#find(token).heartbeat();
  }

  /** For the runner: begins to accept answers for a task. Returns the way to end that. */
  open(task: OpenTask): () => void {
    this.#open.set(task.token, task);
    return () => {
      this.#open.delete(task.token);
      this.#over.add(task.token);
    };
  }

  #find(token: string): OpenTask {
    const task = this.#open.get(token);
    if (task === undefined) throw new TaskTokenError(this.#over.has(token) ? 'TaskTimedOut' : 'InvalidToken');
    return task;
  }

  #close(token: string): OpenTask {
    const task = this.#find(token);
    this.#open.delete(token);
    this.#over.add(token);
    return task;
  }
}
