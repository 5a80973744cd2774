/** The longest run of states that is told as one when it comes again and again. */
const longestRound = 12;

/** Characters in a line. */
const width = 100;

/** Lines of a path that is told whole; of a longer one the first and the last. */
const mostLines = 60;
const firstLines = 40;
const lastLines = 10;

const arrow = ' → ';

/** A path in lines: `Asked → (Tracked → Tracked.Wait) × 3 → Return`, further lines indented. */
export function pathText(path: readonly string[], indent = '  '): string {
  if (path.length === 0) return 'nowhere';
  const lines: string[] = [];
  for (const part of inRounds(path)) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(part);
    else if (last.length + arrow.length + part.length <= width) lines.splice(-1, 1, `${last}${arrow}${part}`);
    else lines.push(`→ ${part}`);
  }
  return inRoom(lines).join(`\n${indent}`);
}

function inRoom(lines: readonly string[]): readonly string[] {
  if (lines.length <= mostLines) return lines;
  const left = lines.length - firstLines - lastLines;
  return [...lines.slice(0, firstLines), `… ${left} lines more …`, ...lines.slice(-lastLines)];
}

/** What repeats itself at once is told once. */
function inRounds(path: readonly string[]): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at < path.length;) {
    const { length, times } = roundAt(path, at);
    const round = path.slice(at, at + length);
    if (times === 1) parts.push(...round);
    else parts.push(length === 1 ? `${round[0]} × ${times}` : `(${round.join(arrow)}) × ${times}`);
    at += length * times;
  }
  return parts;
}

/** The shortest round that begins at a place, and how often it is gone through. */
function roundAt(
  path: readonly string[],
  start: number,
): { readonly length: number; readonly times: number } {
  for (let length = 1; length <= longestRound; length += 1) {
    let times = 1;
    while (isSame(path, start, { next: start + length * times, length })) times += 1;
    if (times > 1) return { length, times };
  }
  return { length: 1, times: 1 };
}

function isSame(
  path: readonly string[],
  start: number,
  { next, length }: { readonly next: number; readonly length: number },
): boolean {
  if (next + length > path.length) return false;
  for (let offset = 0; offset < length; offset += 1)
    if (path[start + offset] !== path[next + offset]) return false;
  return true;
}
