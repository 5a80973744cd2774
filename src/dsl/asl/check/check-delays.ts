import type { Check } from './check.ts';
import { handlersOf } from './error-handlers.ts';
import { at, type Fault } from './finding.ts';

/** Retriers whose longest delay is shorter than the first. */
export const checkDelays: Check = ({ states }) =>
  states.flatMap((state) =>
    handlersOf(state, 'Retry').flatMap(({ part, value }): readonly Fault[] => {
      const { IntervalSeconds: first = 1, MaxDelaySeconds: longest } = value;
      if (typeof first !== 'number' || typeof longest !== 'number' || longest >= first) return [];
      return [
        {
          code: 'short-max-delay',
          ...at(state, `${part}/MaxDelaySeconds`),
          problem: `MaxDelaySeconds (${longest}) is below IntervalSeconds (${first})`,
          remedy: 'raise it, or leave it out',
        },
      ];
    }),
  );
