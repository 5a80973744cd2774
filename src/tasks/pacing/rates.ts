import * as z from 'zod';
import type { Allowance } from './budget.ts';

/**
 * The least that makes sense of each kind, in units a second: a page of a scan, or a list of keys to delete, must
 * be paid for within one invocation.
 */
const LEAST = { write: 10, read: 25 } as const;

/**
 * Capacity units a second that a recovery may use of one live table, those of its indexes included. What is not
 * said is found by trying: as much as the table gives.
 */
export const Rates = z.strictObject({
  writeUnitsPerSecond: z.int().min(LEAST.write).max(10_000_000).optional(),
  readUnitsPerSecond: z.int().min(LEAST.read).max(10_000_000).optional(),
});
export type Rates = z.infer<typeof Rates>;

const PlannedRate = z.object({
  /** Of the whole table. */
  unitsPerSecond: z.int().min(1),
  /** Whether that is only where it begins. */
  adaptive: z.boolean(),
});

/** How fast a live table is read and written, all its segments together. */
export const PlannedRates = z.object({ write: PlannedRate, read: PlannedRate });
export type PlannedRates = z.infer<typeof PlannedRates>;

/** What an on-demand table gives at once when nothing else is known of it (AWS re:Post, on-demand throttling). */
export const FIRST_RATES: PlannedRates = {
  write: { unitsPerSecond: 4_000, adaptive: true },
  read: { unitsPerSecond: 12_000, adaptive: true },
};

/** The part of one of several who work at a time. They do not know of each other: nobody uses what one leaves. */
export function shareOf(rates: PlannedRates, kind: 'read' | 'write', atOnce: number): Allowance {
  const { unitsPerSecond, adaptive } = rates[kind];
  const floor = LEAST[kind];
  return {
    perSecond: adaptive ? Math.max(floor, unitsPerSecond / atOnce) : unitsPerSecond / atOnce,
    adaptive,
    floor,
  };
}
