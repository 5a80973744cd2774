import { US_EAST_1 } from '../../src/tasks/estimate/prices.ts';

/** US dollars in us-east-1. Source: the AWS Price List of September 2026, without free tiers and discounts. */
export const PRICES = {
  /** On demand, of the Standard table class. */
  readUnit: US_EAST_1.millionReadUnits / 1e6,
  writeUnit: US_EAST_1.millionWriteUnits / 1e6,
  /** A point-in-time restore, as a plan's estimate has it: 2³⁰ bytes. */
  restoredGigabyte: US_EAST_1.restoredGigabyte,
  /** The restored copy, for as long as it is there. */
  storedGigabyteHour: 0.25 / 730,
  /** Lambda on Arm. */
  lambdaGigabyteSecond: 0.0000133334,
  lambdaRequest: 0.2 / 1e6,
  /** Step Functions, Standard. */
  transition: 0.025 / 1000,
} as const;
