import { type Division, divisionOf } from '../../src/tasks/preflight/segments.ts';
import type { Disaster, Setting } from './setting.ts';

/** Into how many segments a table is divided, and how many are at work at once: as preflight has it, or as given. */
export function widthOf({ items }: Disaster, { itemBytes, segments, atOnce }: Setting): Division {
  const division = divisionOf({ bytes: items * itemBytes, ceilings: {}, segments });
  return { ...division, atOnce: Math.min(division.segments, atOnce ?? division.atOnce) };
}
