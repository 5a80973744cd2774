import type { Check } from './check.ts';
import { handlersOf } from './error-handlers.ts';
import { at, type Fault } from './finding.ts';

/** States.ALL must stand alone, in the last Retrier or Catcher (ASL specification, "Errors"). */
export const checkMisplacedAll: Check = ({ states }) =>
  states.flatMap((state) =>
    (['Retry', 'Catch'] as const).flatMap((field) =>
      handlersOf(state, field)
        .filter(({ names }) => names.includes('States.ALL'))
        .flatMap(({ part, names, last }): readonly Fault[] => [
          ...(names.length > 1
            ? [
                {
                  code: 'misplaced-all',
                  ...at(state, `${part}/ErrorEquals`),
                  problem: 'States.ALL stands beside other errors',
                  remedy: 'leave it alone; it covers them',
                } as const,
              ]
            : []),
          ...(last
            ? []
            : [
                {
                  code: 'misplaced-all',
                  ...at(state, `${part}/ErrorEquals`),
                  problem: 'States.ALL is not in the last entry, and what follows is never reached',
                  remedy: 'move this entry to the end',
                } as const,
              ]),
        ]),
    ),
  );
