import { TaskError } from '../task-error.ts';

/**
 * An item that cannot be compared or copied faithfully, so the work stops rather than lose a part of it. One
 * known cause: the SDK reads a top-level attribute named `__proto__` as undefined (3.1164, November 2026).
 */
export function unreadableItem(what: string): TaskError {
  return new TaskError(
    'UnreadableItem',
    `an item holds ${what}, which this version cannot handle without loss; nothing of this item was written`,
  );
}
