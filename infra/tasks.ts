import type { Task } from '../src/dsl/authoring/task.ts';
import * as index from '../src/tasks/index.ts';

/** Every task that the workflows call: each is deployed as one Lambda function. */
export const tasks: readonly Task[] = Object.values<Task>(index);
