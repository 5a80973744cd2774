import { TaskError } from '../task-error.ts';

/** An item that cannot be compared or copied faithfully, so the work stops rather than lose a part of it. */
export function unreadableItem(what: string): TaskError {
  return new TaskError(
    'UnreadableItem',
    `an item holds ${what}, which this version cannot handle without loss; nothing of this item was written`,
  );
}
