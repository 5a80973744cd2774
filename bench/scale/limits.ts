/** AWS's limits as its documentation states them: the defaults, in us-east-1. Units are DynamoDB's request units. */

/** One partition, a second. Source: DynamoDB developer guide, "Partitions and data distribution". */
export const PARTITION = { read: 3000, write: 1000 } as const;

/** What a partition holds at most. Source: the same guide, "Best practices for partition keys", as of 2023. */
export const PARTITION_BYTES = 10e9;

/** A new on-demand table, a second. Source: the same guide, "DynamoDB on-demand capacity mode", initial throughput. */
export const NEW_TABLE = { read: 12_000, write: 4000 } as const;

/** So long after a peak an on-demand table bears twice as much. Source: the same page. */
export const DOUBLING_SECONDS = 30 * 60;

/** One on-demand table, a second; can be raised. Source: "Quotas in Amazon DynamoDB". */
export const TABLE_QUOTA = { read: 40_000, write: 40_000 } as const;

/** Bytes that a unit stands for, read consistently. Source: "DynamoDB on-demand capacity mode". */
export const UNIT_BYTES = { read: 4096, write: 1024 } as const;

/**
 * "95 percent of customers' table restores complete in less than one hour", and the time is not in proportion to
 * the size. Source: the same guide, "Backup and restore", as of 2023.
 */
export const RESTORE_SECONDS = 3600;

/** How far the latest restorable time lies behind, "typically". Source: API_PointInTimeRecoveryDescription. */
export const RESTORABLE_LAG_SECONDS = 300;

/** Executions at once in an account and Region; can be raised. Source: "Lambda quotas". */
export const LAMBDA_AT_ONCE = 1000;

/** Functions and event-source mappings in one page of their lists. Source: API_ListFunctions, API_ListEventSourceMappings. */
export const LIST_PAGE = { functions: 50, mappings: 100 } as const;

/**
 * StartExecution: what its bucket holds, and what flows into it a second. How fast a distributed Map starts its
 * children is not documented: they are taken to draw on it too. Source: "Step Functions service quotas".
 */
export const STARTS = { bucket: 1300, perSecond: 300 } as const;

/** State transitions, likewise. */
export const TRANSITIONS = { bucket: 5000, perSecond: 1500 } as const;
