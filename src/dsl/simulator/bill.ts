/** What StartSyncExecution tells of an Express execution's bill. */
export interface Bill {
  /** In steps of 100 ms. */
  readonly billedDurationInMilliseconds: number;
  /** Always the least that is billed. */
  readonly billedMemoryUsedInMB: 64;
}

/** Source: "AWS Step Functions Pricing", "Express Workflows": duration is rounded up to the nearest 100 ms. */
export const billOf = (milliseconds: number): Bill => ({
  billedDurationInMilliseconds: Math.max(1, Math.ceil(milliseconds / 100)) * 100,
  billedMemoryUsedInMB: 64,
});
