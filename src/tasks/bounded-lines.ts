import * as z from 'zod';

/** Characters. */
const LONGEST_LINE = 600;
const MOST_LINES = 30;

/** What is told to people, a line each: so few and so short that the state of an execution has room for them. */
export const Lines = z.array(z.string().max(LONGEST_LINE)).max(MOST_LINES + 1);

/**
 * As many lines as `Lines` has room for, and how many were left out.
 * @param what the lines are, in the plural: `warnings`.
 * @param most lines, the one that counts the others apart; default 30.
 */
export function boundedLines(lines: readonly string[], what: string, most: number = MOST_LINES): string[] {
  const more = lines.length - most;
  const told = more > 0 ? [...lines.slice(0, most), `and ${more} more ${what}`] : lines;
  return told.map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line));
}
