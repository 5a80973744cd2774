import type { ParallelNode } from '../../ast/step-node.ts';
import { literal, operation, states, value } from '../../ast/node.ts';
import { stateName } from '../state-name.ts';
import { type Lowered, type Place, UNANSWERED, handlersAt } from './place.ts';

/** A Parallel state; a failing branch stops its siblings, and what answers its failure is the whole state's. */
export function lowerParallel(step: ParallelNode, place: Place): Lowered {
  const name = stateName(place.path);
  const branches = Object.entries(step.branches);
  const results = branches.flatMap(([label, flow], index) =>
    flow.returns ? [[label, value(operation('at', states('result'), literal(index)))] as const] : [],
  );
  return {
    entry: name,
    states: [
      {
        type: 'Parallel',
        name,
        ...handlersAt(place),
        branches: branches.map(([label, flow]) =>
          place.lower.flow(flow, { path: [...place.path, label], ...UNANSWERED }),
        ),
        retry: step.retry,
        catches: [],
        assign: { [step.name]: { kind: 'object', fields: Object.fromEntries(results) } },
        next: place.next,
      },
    ],
  };
}
