/** Faults that a guard tells of at most; after them it says that there are more. */
export const MOST_FAULTS = 20;

/** Characters of one fault at most: so the Cause stays below 32,768, even if each took three bytes. */
export const LONGEST_FAULT = 500;

/** Characters of a name that is data, not schema: an unknown key, a record's. */
export const LONGEST_NAME = 64;

/** What one check, its path and the functions that it calls need at most below their place. */
export const CHECK_DEPTH = 10;

/** Levels of a schema that refers to itself, even where a small one leaves room for more. */
export const MOST_LEVELS = 16;
