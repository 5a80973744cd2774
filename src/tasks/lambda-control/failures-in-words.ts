const MOST_NAMED = 20;

/** Failures as one line: all of them, or the first twenty and how many more there are. */
export function failuresInWords(failures: readonly string[]): string {
  const named = failures.slice(0, MOST_NAMED).join('; ');
  const more = failures.length - MOST_NAMED;
  return more > 0 ? `${named}; and ${more} more` : named;
}
