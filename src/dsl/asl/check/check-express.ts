import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import type { FlowNode, StateNode } from './machine-tree.ts';
import { resourceOf } from './resource.ts';

/**
 * What an Express machine, or a distributed map's Express children, may not hold. Source: developer guide,
 * "Choosing workflow type in Step Functions".
 */
export const checkExpress: Check = ({ states, flow }) => [
  ...(flow.express ? tooLong(flow, flow.value.TimeoutSeconds, '/TimeoutSeconds') : []),
  ...states
    .filter(({ flow }) => flow.express)
    .flatMap((state): readonly Fault[] => {
      const resource = state.type === 'Task' ? resourceOf(state.value.Resource) : undefined;
      const told = (part: string, what: string, remedy: string): readonly Fault[] => [
        {
          code: 'not-in-express',
          ...at(state, part),
          problem: `an Express execution cannot have ${what}`,
          remedy,
        },
      ];
      if (state.inner.some(({ distributed }) => distributed))
        return told(
          '/ItemProcessor/ProcessorConfig/Mode',
          'a distributed map',
          'make it inline, or the machine Standard',
        );
      if (resource?.kind === 'activity') return told('/Resource', 'an activity', 'make the machine Standard');
      if (resource === undefined || !('pattern' in resource) || resource.pattern === '') return [];
      const awsMessage = `Express state machine does not support '${resource.pattern}' service integration `;
      return told('/Resource', `'${resource.pattern}'`, 'leave it out, or make the machine Standard').map(
        (fault) => ({ ...fault, awsMessage }),
      );
    }),
  ...states
    .filter(({ flow: { express } }) => express)
    .flatMap((state) =>
      ['Seconds', 'TimeoutSeconds'].flatMap((field) => tooLong(state, state.value[field], `/${field}`)),
    ),
];

/** Source: developer guide, "Step Functions service quotas": an Express execution ends after five minutes. */
const LONGEST = 300;

function tooLong(where: StateNode | FlowNode, value: unknown, part: string): readonly Fault[] {
  if (typeof value !== 'number' || value <= LONGEST) return [];
  const problem = `an Express execution ends after ${LONGEST} seconds, before these ${value} are over`;
  return [
    {
      code: 'over-express-limit',
      ...at(where, part),
      problem,
      remedy: 'shorten it, or make the machine Standard',
    },
  ];
}
