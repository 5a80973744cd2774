const MOST = 20;

/** Names, as many as a sentence bears; the report lists all of them elsewhere. */
export function these(names: readonly string[]): string {
  const more = names.length - MOST;
  return `${names.slice(0, MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
