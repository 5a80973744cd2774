/**
 * Where AWS changed what executions look like, by the time from which recordings show it (milliseconds since the
 * epoch). Only for histories that are to equal older ones: without `asOf` everything is as it is now.
 */
export const awsChanges = {
  /** The context object tells `Execution.RedriveCount` since redrive came. */
  redriveCount: Date.UTC(2023, 10, 15),
  /** Causes of `aws-sdk` integrations tell how often the SDK tried: between January and November 2025. */
  sdkAttemptCount: Date.UTC(2025, 10, 1),
  /** A distributed Map takes an object for its items. Source: developer guide, "Document history". */
  objectItems: Date.UTC(2025, 8, 18),
  /** What follows a distributed Map follows the start of its run, not its end: between June and November 2024. */
  mapExitFollowsRunStart: Date.UTC(2024, 10, 1),
};
