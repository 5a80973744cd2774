import type { Integration } from '../../simulator/integrations/integration.ts';

/** A task that waits for a worker. */
interface OfferedTask {
  readonly taskToken: string;
  /** JSON text. */
  readonly input: string;
  readonly begun: (workerName?: string) => void;
}

/** What a worker gets. */
export type TakenTask = Pick<OfferedTask, 'taskToken' | 'input'>;

interface Queue {
  readonly tasks: Set<OfferedTask>;
  readonly workers: Set<(task: OfferedTask) => void>;
}

/** The tasks of activities, and the workers that ask for them: the first of each come together. */
export class ActivityTasks {
  readonly #queues = new Map<string, Queue>();

  /**
   * Performs a task by whoever asks for the activity's work. It ends when its token is answered, or times out.
   * While nobody has answered, virtual time stands still for as long as its clock has patience.
   */
  readonly perform: Integration = (call) => {
    const { resource, token = '', stateName, executionArn, world } = call;
    const { tasks, workers } = this.#queue(resource.arn);
    const patience = () =>
      world.clock.noteOutside(
        `state '${stateName}' of ${executionArn} waits for a worker of '${resource.arn}'`,
      );
    let endPatience = patience();
    const task: OfferedTask = {
      taskToken: token,
      input: JSON.stringify(call.arguments),
      begun: (workerName) => {
        endPatience();
        endPatience = patience();
        call.begun(workerName);
      },
    };
    call.onEnd(() => {
      tasks.delete(task);
      endPatience();
    });
    const [worker] = workers;
    if (worker === undefined) tasks.add(task);
    else worker(task);
    return new Promise(() => {});
  };

  /**
   * Waits for a task of an activity.
   * @param milliseconds of real time that it waits at most; it then gives undefined, as it does once it is aborted.
   */
  take(
    activityArn: string,
    workerName: string | undefined,
    { milliseconds, signal }: { readonly milliseconds: number; readonly signal: AbortSignal },
  ): Promise<TakenTask | undefined> {
    const { tasks, workers } = this.#queue(activityArn);
    const taken = (task: OfferedTask): TakenTask => {
      tasks.delete(task);
      task.begun(workerName);
      return { taskToken: task.taskToken, input: task.input };
    };
    const [waiting] = tasks;
    if (waiting !== undefined) return Promise.resolve(taken(waiting));
    return new Promise((resolve) => {
      const stop = (task?: OfferedTask) => {
        workers.delete(stop);
        clearTimeout(timer);
        signal.removeEventListener('abort', aborted);
        resolve(task === undefined ? undefined : taken(task));
      };
      const aborted = () => stop();
      const timer = setTimeout(aborted, milliseconds);
      signal.addEventListener('abort', aborted);
      workers.add(stop);
    });
  }

  #queue(activityArn: string): Queue {
    const known = this.#queues.get(activityArn);
    if (known !== undefined) return known;
    const queue: Queue = { tasks: new Set(), workers: new Set() };
    this.#queues.set(activityArn, queue);
    return queue;
  }
}
