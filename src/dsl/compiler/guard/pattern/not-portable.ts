/** Thrown where a pattern has what another engine reads otherwise. */
export class NotPortable extends Error {}
