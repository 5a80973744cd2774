/** The name that another one was probably meant to be: at most two letters apart, and no more than a third of it. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly apart: number } | undefined;
  const most = Math.min(2, Math.floor(name.length / 3));
  for (const one of known) {
    const apart = one.toLowerCase() === name.toLowerCase() ? 0 : distance(one, name);
    if (apart <= most && (best === undefined || apart < best.apart)) best = { name: one, apart };
  }
  return best?.name;
}

/** How many letters must be added, removed, replaced or swapped with their neighbour. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return Infinity;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + same,
        swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? Infinity;
}
