import type { Check } from './check.ts';
import { handlersOf } from './error-handlers.ts';
import { at, type Fault } from './finding.ts';
import type { StateNode } from './machine-tree.ts';
import { idempotenceOf } from './idempotence.ts';

/**
 * Retries of a call that may not be made twice, on errors that also come when its effect has landed. Of a call that
 * is known to add something, a timeout is such an error; of a function, whose inside is not seen, only a retry of
 * everything is told.
 */
export const checkRetries: Check = ({ states }) =>
  states.filter(({ type }) => type === 'Task').flatMap(faultsOf);

function faultsOf(state: StateNode): readonly Fault[] {
  const idempotence = idempotenceOf(state);
  if (idempotence === 'yes') return [];
  const blind = ['States.ALL', 'States.TaskFailed', ...(idempotence === 'no' ? ['States.Timeout'] : [])];
  return handlersOf(state, 'Retry')
    .filter(({ value }) => value.MaxAttempts !== 0)
    .flatMap(({ part, names }): readonly Fault[] => {
      const name = names.find((one) => blind.includes(one));
      if (name === undefined) return [];
      const call = idempotence === 'no' ? 'adds something each time' : 'may not be safe to repeat';
      return [
        {
          code: 'blind-retry',
          ...at(state, `${part}/ErrorEquals`),
          problem: `${name} retries a call that ${call}, also when it has had its effect`,
          remedy:
            idempotence === 'no'
              ? 'give the request a name or token of its own, or retry only errors that say that nothing happened'
              : 'name the errors that say that nothing happened, such as Lambda.TooManyRequestsException',
        },
      ];
    });
}
