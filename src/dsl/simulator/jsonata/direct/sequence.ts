import { longestSequence } from '../evaluation-bounds.ts';
import { NOT_DIRECT } from './syntax-node.ts';

/** JSONata's sequences, such as the results of a path, are nothing when empty, and a single value is itself. */
export const collapsed = (sequence: unknown): unknown =>
  Array.isArray(sequence) && sequence.length < 2 ? sequence[0] : sequence;

/** A value as the package gives it to a function over lists. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Adds a value, or those of an array one by one. */
export function addTo(list: unknown[], value: unknown): void {
  if (!Array.isArray(value)) list.push(value);
  else for (const item of value as readonly unknown[]) list.push(item);
  if (list.length > longestSequence) throw NOT_DIRECT;
}
