import type { ItemProcessor, MapState } from './machine.ts';

/** What a Map runs for each item, under its present or its former name. */
export const itemProcessorOf = (state: MapState): ItemProcessor =>
  // A machine from outside may have only the former one.
  (state as { readonly ItemProcessor?: ItemProcessor }).ItemProcessor ?? (state.Iterator as ItemProcessor);
