/** A piece of a pattern that keeps together: an escape, a group's beginning, or one character. */
const PIECE = /\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])|\(\?<?[=!:]|\(\?<[^>]*>|[\s\S]/g;

/**
 * A regular expression's source without its flags, which JSON Schema does not have: `i` and `s` are written out,
 * `g` makes no difference to a test. Undefined when other flags, or letters that are not plainly ASCII, keep that
 * from being exact.
 */
export function plainPattern({ source, flags }: RegExp): string | undefined {
  if (/[^dgis]/.test(flags)) return undefined;
  const anyCase = flags.includes('i');
  const dotIsAll = flags.includes('s');
  if (!anyCase && !dotIsAll) return source;
  const pieces: readonly string[] = source.match(PIECE) ?? [];
  if (anyCase && pieces.some((piece) => /[^ -~]|^\\[\dckux]/.test(piece))) return undefined;
  const plain: string[] = [];
  for (let at = 0; at < pieces.length;) {
    const piece = String(pieces[at]);
    if (piece !== '[') {
      plain.push(dotIsAll && piece === '.' ? '[\\s\\S]' : anyCase ? inBothCases(piece) : piece);
      at += 1;
      continue;
    }
    const end = pieces.indexOf(']', at);
    const members = pieces.slice(at + 1, end);
    const both = anyCase ? membersInBothCases(members) : members;
    if (both === undefined) return undefined;
    plain.push('[', ...both, ']');
    at = end + 1;
  }
  return plain.join('');
}

const isLetter = (piece: string): boolean => /^[A-Za-z]$/.test(piece);
const otherCase = (letter: string): string =>
  letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
const inBothCases = (piece: string): string => (isLetter(piece) ? `[${piece}${otherCase(piece)}]` : piece);

/** The members of a class, each letter and range of letters with its other case; undefined for a mixed range. */
function membersInBothCases(members: readonly string[]): readonly string[] | undefined {
  const both: string[] = [];
  for (let at = 0; at < members.length;) {
    const [first, dash, last] = [String(members[at]), members[at + 1], members[at + 2]];
    const isRange = dash === '-' && last !== undefined;
    if (!isRange) {
      both.push(first, ...(isLetter(first) ? [otherCase(first)] : []));
      at += 1;
      continue;
    }
    if (/^[a-z][a-z]$|^[A-Z][A-Z]$/.test(first + last))
      both.push(`${first}-${last}`, `${otherCase(first)}-${otherCase(last)}`);
    else if (/^[0-9][0-9]$/.test(first + last)) both.push(`${first}-${last}`);
    else return undefined;
    at += 3;
  }
  return both;
}
