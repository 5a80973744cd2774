import type { ForEachNode } from '../../ast/step-node.ts';
import { states, value } from '../../ast/node.ts';
import type { Assignments } from '../draft.ts';
import { stateName } from '../state-name.ts';
import { type Lowered, type Place, UNANSWERED, handlersAt } from './place.ts';

/** A Map state whose body first takes its element, or its batch, out of its input into a variable. */
export function lowerForEach(step: ForEachNode, place: Place): Lowered {
  const name = stateName(place.path);
  const body = place.lower.flow(step.flow, { path: place.path, ...UNANSWERED });
  const begin = stateName([...place.path, 'Each']);
  // A batch holds its items as they are; what else the body needs is added to the batch, not to every item.
  const select: Assignments = step.batch
    ? {}
    : { [step.as]: value(states('context', 'Map', 'Item', 'Value')) };
  const element = step.batch ? states('input', 'Items') : states('input', step.as);
  return {
    entry: name,
    states: [
      {
        type: 'Map',
        name,
        ...handlersAt(place),
        mode: step.mode,
        items: step.of,
        element: step.as,
        select,
        atOnce: step.atOnce,
        batch: step.batch,
        tolerated: step.tolerated,
        results: step.results,
        body: {
          startAt: begin,
          states: [
            {
              type: 'Pass',
              name: begin,
              ...UNANSWERED,
              assign: { [step.as]: value(element) },
              next: body.startAt,
            },
            ...body.states,
          ],
        },
        retry: step.retry,
        catches: [],
        assign: { [step.name]: value(states('result')) },
        next: place.next,
      },
    ],
  };
}
