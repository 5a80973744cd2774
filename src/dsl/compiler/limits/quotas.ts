// Step Functions' own limits on Standard workflows. Source: "Step Functions service quotas".

/** Bytes that a definition may have. */
export const DEFINITION_BYTES = 1_048_576;

/** An execution whose history reaches so many events fails. */
export const HISTORY_EVENTS = 25_000;

/** Bytes of JSON that an input, an output, arguments, a result, or the variables of one Assign may have. */
export const PAYLOAD_BYTES = 262_144;

/** Bytes that all variables of an execution may have together. */
export const VARIABLE_BYTES = 10_485_760;
