import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { FIRST_RATES, LEAST, type PlannedRates, type Rates } from '../pacing/rates.ts';

const KINDS = ['write', 'read'] as const;
type Kind = (typeof KINDS)[number];

/** How fast a table may be used. */
export interface TableRates {
  readonly rates: PlannedRates;
  /** Units a second beyond which there is nothing to have: stated, or the table's own limits. */
  readonly ceilings: Readonly<Record<Kind, number | undefined>>;
}

/**
 * The stated rates; where none is stated, one that begins with what the table is known to give and adapts to what
 * it gives indeed: its provisioned capacity or its own maximum, else its warm throughput.
 */
export function tableRates(live: TableDescription, stated: Rates): TableRates {
  const given = { write: stated.writeUnitsPerSecond, read: stated.readUnitsPerSecond };
  const limits = limitsOf(live);
  const warm = {
    write: live.WarmThroughput?.WriteUnitsPerSecond,
    read: live.WarmThroughput?.ReadUnitsPerSecond,
  };
  const planned = (kind: Kind) => {
    const [perSecond, limit] = [given[kind], limits[kind]];
    if (perSecond === undefined)
      return { unitsPerSecond: limit ?? warm[kind] ?? FIRST_RATES[kind].unitsPerSecond, adaptive: true };
    const capacity = limit !== undefined && limit < perSecond ? { capacity: limit } : {};
    return { unitsPerSecond: perSecond, adaptive: false, ...capacity };
  };
  return {
    rates: { write: planned('write'), read: planned('read') },
    ceilings: { write: given.write ?? limits.write, read: given.read ?? limits.read },
  };
}

/** DynamoDB says 0 for no provisioned capacity and -1 for no maximum. */
function limitsOf({ ProvisionedThroughput, OnDemandThroughput }: TableDescription) {
  const limit = (...given: readonly (number | undefined)[]) =>
    given.find((units) => units !== undefined && units > 0);
  return {
    write: limit(ProvisionedThroughput?.WriteCapacityUnits, OnDemandThroughput?.MaxWriteRequestUnits),
    read: limit(ProvisionedThroughput?.ReadCapacityUnits, OnDemandThroughput?.MaxReadRequestUnits),
  };
}

/** Bytes that a unit pays for, read strongly consistent. */
const BYTES_PER_UNIT = 4096;
/** Well within what `ResetTable` and `VerifyTable` have. */
const LONGEST_HOURS = 36;

/**
 * Why the table would not be read in time at the stated rate, or at the capacity that it has: what it was planned and
 * reset by would never be proven.
 */
export function rateFaults(place: string, live: TableDescription, { rates, ceilings }: TableRates): string[] {
  const { adaptive } = rates.read;
  const perSecond = ceilings.read ?? Infinity;
  const hours = Math.ceil((live.TableSizeBytes ?? 0) / BYTES_PER_UNIT / perSecond / 3600);
  if (hours <= LONGEST_HOURS) return [];
  const needed = Math.max(LEAST.read, Math.ceil((perSecond * hours) / LONGEST_HOURS));
  const stated = 'rates.readUnitsPerSecond, in the request of a recovery or in the deployment, of at least';
  return [
    `${place}: at ${adaptive ? 'the ' : ''}${perSecond} read units a second ${adaptive ? 'that it has ' : ''}it takes ` +
      `${hours} hours to read ${live.TableName} once, and a recovery reads it three times; ` +
      (adaptive
        ? `raise its read capacity, or its maximum, to at least ${needed}, or, if auto scaling will, give ` +
          `${stated} as much`
        : `give ${stated} ${needed}`),
  ];
}

/**
 * What to know of a table with time to live, of which the proof reads every item by key that expires within two days: how
 * many do, nobody can tell before. Beside that it scans the table, at the same rate once more where the table has that.
 */
export function proofWarnings(live: TableDescription, { ceilings }: TableRates): string[] {
  const perSecond = ceilings.read ?? Infinity;
  const both = Math.min(2 * perSecond, Math.max(perSecond, limitsOf(live).read ?? Infinity));
  const scan = (live.TableSizeBytes ?? 0) / BYTES_PER_UNIT;
  const byKey = scan + (live.ItemCount ?? 0);
  const hours = Math.ceil(Math.max(byKey / perSecond, (byKey + scan) / both) / 3600);
  if (hours <= LONGEST_HOURS) return [];
  return [
    `${live.TableName}: the proof reads each item by key that expires within two days; if all do, it takes ${hours} hours at ` +
      `${perSecond} read units a second, and fails after 48 with the application frozen; raise the read capacity, or its ` +
      'maximum, or rates.readUnitsPerSecond, or switch time to live off first (runbook: Time to live)',
  ];
}
