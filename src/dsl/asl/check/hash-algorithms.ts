/** Of `$hash` and of States.Hash. Source: developer guide, "Intrinsic functions" and "Transforming data with JSONata". */
export const HASH_ALGORITHMS: readonly string[] = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];
