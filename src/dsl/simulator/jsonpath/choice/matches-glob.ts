/**
 * StringMatches: `*` stands for any text, `\*` for a star, `\\` for a backslash. Goes back to the latest star only, so
 * that no pattern takes long.
 */
export function matchesGlob(text: string, pattern: string): boolean {
  const parts = partsOf(pattern);
  let [at, part] = [0, 0];
  /** The latest star, and where what follows it was last tried. */
  let [star, tried] = [-1, 0];
  while (at < text.length) {
    if (parts[part] === ANY) {
      star = part++;
      tried = at;
    } else if (part < parts.length && parts[part] === text[at]) {
      part += 1;
      at += 1;
    } else if (star >= 0) {
      part = star + 1;
      at = ++tried;
    } else return false;
  }
  while (parts[part] === ANY) part += 1;
  return part === parts.length;
}

const ANY = Symbol('any text');
const known = new Map<string, readonly (string | typeof ANY)[]>();

/** The pattern, character by character. */
function partsOf(pattern: string): readonly (string | typeof ANY)[] {
  const read = known.get(pattern);
  if (read !== undefined) return read;
  const parts = [...pattern.matchAll(/\\([\s\S])|[\s\S]/g)].map(([whole, escaped]) =>
    whole === '*' ? ANY : (escaped ?? whole),
  );
  known.set(pattern, parts);
  return parts;
}
