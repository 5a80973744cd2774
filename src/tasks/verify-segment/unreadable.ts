import { TaskError } from '../task-error.ts';

/** What cannot be digested exactly stops the verification; nothing of the item is quoted. */
export function unreadable(): TaskError {
  return new TaskError(
    'UnreadableItem',
    'an item holds an attribute that this version cannot read; nothing is proven of its table until one can',
  );
}
