import * as z from 'zod';
import type { Allowance } from './budget.ts';

/**
 * The least that makes sense of each kind, in units a second: a page of a scan, or a list of keys to delete, must
 * be paid for within one invocation.
 */
export const LEAST = { write: 10, read: 25 } as const;

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
  /** What the table itself has now, where that is less. */
  capacity: z.int().min(1).optional(),
});

/** How fast a live table is read and written, all its segments together. */
export const PlannedRates = z.object({ write: PlannedRate, read: PlannedRate });
export type PlannedRates = z.infer<typeof PlannedRates>;

/** What an on-demand table gives at once when nothing else is known of it (AWS re:Post, on-demand throttling). */
export const FIRST_RATES: PlannedRates = {
  write: { unitsPerSecond: 4_000, adaptive: true },
  read: { unitsPerSecond: 12_000, adaptive: true },
};

/**
 * The rates of who reads a table that its application goes on to use: a stated one, else half of what the table is
 * known to give. More is not tried: what the table refuses then, it refuses to the application too.
 */
export function besideOthers({ write, read }: PlannedRates): PlannedRates {
  if (!read.adaptive) return { write, read };
  return { write, read: { ...read, unitsPerSecond: Math.ceil(read.unitsPerSecond / 2), adaptive: false } };
}

/** So long may one step last that is done again when the time of its invocation runs out. */
const STEP_SECONDS = 100;

/**
 * How many items one of several who work at a time can read by key of the live table in one step, or delete: each
 * takes a unit or more, found or not. What a table has may be less than what an adaptive rate begins with, or what is
 * stated.
 */
export function itemsInAStep(rates: PlannedRates, kind: 'read' | 'write', atOnce: number): number {
  const { unitsPerSecond, capacity = unitsPerSecond } = rates[kind];
  return Math.max(1, Math.floor((Math.min(unitsPerSecond, capacity) / atOnce) * STEP_SECONDS));
}

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
