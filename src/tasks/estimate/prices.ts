import * as z from 'zod';

/** What DynamoDB charges, in US dollars. */
export const Prices = z.strictObject({
  /** A million write request units. */
  millionWriteUnits: z.number().min(0),
  /** A million read request units. */
  millionReadUnits: z.number().min(0),
  /** A restored gigabyte, 2³⁰ bytes. */
  restoredGigabyte: z.number().min(0),
});
export type Prices = z.infer<typeof Prices>;

/**
 * US East (N. Virginia), on-demand capacity, standard table class, as charged since 1 November 2024. Source:
 * aws.amazon.com/dynamodb/pricing/on-demand. Another region's are stated in the recovery system's `prices`.
 */
export const US_EAST_1: Prices = {
  millionWriteUnits: 0.625,
  millionReadUnits: 0.125,
  restoredGigabyte: 0.15,
};
