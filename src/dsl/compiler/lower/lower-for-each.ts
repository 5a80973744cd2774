import type { ForEachNode } from '../../ast/step-node.ts';
import { states, value } from '../../ast/node.ts';
import { stateName } from '../state-name.ts';
import type { Lowered, Place } from './place.ts';

/** A Map state whose body first takes its element out of its input into a variable. */
export function lowerForEach(step: ForEachNode, place: Place): Lowered {
  const name = stateName(place.path);
  const body = place.lower.flow(step.flow, { path: place.path, undos: null });
  const begin = stateName([...place.path, 'Each']);
  return {
    entry: name,
    states: [
      {
        type: 'Map',
        name,
        undos: place.undos,
        mode: step.mode,
        items: step.of,
        select: { [step.as]: value(states('context', 'Map', 'Item', 'Value')) },
        atOnce: step.atOnce,
        body: {
          startAt: begin,
          states: [
            {
              type: 'Pass',
              name: begin,
              undos: null,
              assign: { [step.as]: value(states('input', step.as)) },
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
