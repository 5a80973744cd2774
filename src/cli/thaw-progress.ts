interface Line {
  readonly waitsFor?: string;
  readonly until?: string;
  readonly stage?: string;
  readonly functions?: number;
  readonly asTheyWere?: number;
}

/** What a thaw logs of how it goes, for people; undefined when there is nothing to say. */
export function thawProgress({
  waitsFor,
  until,
  stage,
  functions = 0,
  asTheyWere,
}: Line): string | undefined {
  if (waitsFor !== undefined)
    return `Waiting for a ${waitsFor} of this incident that is still at work; if it has died, until ${until} …`;
  if (functions === 0) return undefined;
  return `${asTheyWere} of ${functions} ${stage} are as they were`;
}
