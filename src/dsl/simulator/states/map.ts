import { itemProcessorOf } from '../../asl/item-processor.ts';
import type { MapState } from '../../asl/machine.ts';
import type { Outcome } from '../outcome.ts';
import type { Process } from '../request.ts';
import type { Visit } from '../visit.ts';
import { beginDistributed } from './map-distributed.ts';
import { beginInline } from './map-inline.ts';
import { workOn } from './work.ts';

/** One run of the ItemProcessor for each item; the result is the array of their outputs, in the items' order. */
export function* performMap(state: MapState, visit: Visit): Process<Outcome> {
  const distributed = itemProcessorOf(state).ProcessorConfig?.Mode === 'DISTRIBUTED';
  const begin = distributed ? beginDistributed : beginInline;
  const result = yield* workOn(visit, () => begin(state, visit));
  return { next: state.Next, producer: state, result };
}
