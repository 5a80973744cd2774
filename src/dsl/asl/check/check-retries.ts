import type { Check } from './check.ts';
import { handlersOf } from './error-handlers.ts';
import { at, type Fault } from './finding.ts';
import { idempotenceOf, mayHaveLanded } from './idempotence.ts';
import { isObject } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';
import { resourceOf } from './resource.ts';

/**
 * Retries of a call that may not be made twice, on errors that also come when its effect has landed. Of a call that
 * is known to add something a timeout is such an error, or a fault of the service; of a function, whose inside is
 * not seen, only a retry of everything is told.
 */
export const checkRetries: Check = ({ states }) =>
  states.filter(({ type }) => type === 'Task').flatMap(faultsOf);

function faultsOf(state: StateNode): readonly Fault[] {
  const idempotence = idempotenceOfState(state);
  if (idempotence === 'yes') return [];
  const blind = (name: string) =>
    idempotence === 'no' ? mayHaveLanded(name) : name === 'States.ALL' || name === 'States.TaskFailed';
  return handlersOf(state, 'Retry')
    .filter(({ value }) => value.MaxAttempts !== 0)
    .flatMap(({ part, names }): readonly Fault[] => {
      const name = names.find(blind);
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

function idempotenceOfState({ value }: StateNode): 'yes' | 'no' | 'unknown' {
  const resource = resourceOf(value.Resource);
  if (resource === undefined || !('action' in resource)) return 'unknown';
  const given = value.Arguments ?? value.Parameters;
  const members = Object.entries(isObject(given) ? given : {}).map(([member, content]) => {
    const computed = member.endsWith('.$') || (typeof content === 'string' && content.startsWith('{%'));
    return [member.replace(/\.\$$/, ''), computed ? undefined : content] as const;
  });
  return idempotenceOf({ ...resource, request: Object.fromEntries(members) });
}
