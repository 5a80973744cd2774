import type { JsonObject } from '../machine.ts';
import { isList, objectsOf, step } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';

/** A Retrier or Catcher of a state. */
export interface ErrorHandler {
  readonly field: 'Retry' | 'Catch';
  readonly part: string;
  readonly value: JsonObject;
  readonly names: readonly string[];
  readonly last: boolean;
}

/** The Retriers, or the Catchers, of a state in the order they are tried. */
export function handlersOf(state: StateNode, field: 'Retry' | 'Catch'): readonly ErrorHandler[] {
  const list = state.value[field];
  return objectsOf(list).map(([value, index]) => ({
    field,
    part: `/${field}${step(index)}`,
    value,
    names: isList(value.ErrorEquals) ? value.ErrorEquals.filter((name) => typeof name === 'string') : [],
    last: isList(list) && index === list.length - 1,
  }));
}
