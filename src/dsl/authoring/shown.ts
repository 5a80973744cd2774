import { nodeOf } from '../expression/expression.ts';

/** What was given, in a word, for a message: `'text'`, `5`, `a list`, `a call`. */
export function shown(given: unknown): string {
  if (typeof given === 'string') return `'${given}'`;
  if (nodeOf(given) !== undefined) return 'an expression';
  if (Array.isArray(given)) return 'a list';
  if (given instanceof Promise) return 'a promise';
  if (typeof given === 'function')
    return isNamed(given, 'taskName') || isNamed(given, 'workflowName')
      ? 'what makes the call, uncalled'
      : 'a function';
  if (typeof given !== 'object' || given === null) return String(given);
  if (isCall(given)) return 'a call';
  return 'node' in given ? 'a flow' : 'an object';
}

/** Whether it is what a task, a workflow or an integration makes when it is called. */
export const isCall = (given: object): boolean =>
  'node' in given && typeof given.node === 'object' && given.node !== null && 'waitsFor' in given.node;

const isNamed = (given: object, key: string): boolean => Object.hasOwn(given, key);
