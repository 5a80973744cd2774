const MOST_NAMED = 10;
const MOST_CHARACTERS = 250;

/** Names, each once: as many as a line bears, and how many more there are. */
export function shortList(names: readonly string[]): string {
  const unique = [...new Set(names)];
  let room = MOST_CHARACTERS;
  const fitting = unique.slice(0, MOST_NAMED).filter((name) => (room -= name.length) >= 0);
  const more = unique.length - fitting.length;
  return fitting.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
