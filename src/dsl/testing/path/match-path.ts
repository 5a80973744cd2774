/** Stands in an expected path for any states, or none. */
export const GAP = '...';

/** Where the states of a Map or a Parallel are in a path: `Each[0] > Pack`. */
export const WITHIN = ' > ';

/** Whether a part of a path is meant: by its whole text, or by the state's name alone. */
export const isMeant = (part: string | undefined, expected: string): boolean =>
  part === expected || part?.endsWith(`${WITHIN}${expected}`) === true;

/** Where a path departs from what is expected, in words; undefined when it does not. */
export function departure(path: readonly string[], expected: readonly string[]): string | undefined {
  const [first = [], ...others] = segmentsOf(expected);
  const ahead = mismatch(path, first, 0);
  if (ahead !== undefined) return ahead;
  let at = first.length;
  const last = others.pop();
  if (last === undefined)
    return path.length > at ? `after ${placeText(path, at)} it went on to ${path[at]}` : undefined;
  for (const segment of others) {
    const found = find(path, segment, at);
    if (found === undefined) return `after ${placeText(path, at)} it never came to ${segment.join(' → ')}`;
    at = found + segment.length;
  }
  const start = path.length - last.length;
  if (start < at) return `after ${placeText(path, at)} it never came to ${last.join(' → ')}`;
  return mismatch(path, last, start);
}

/** What stands between the gaps. */
function segmentsOf(expected: readonly string[]): string[][] {
  const segments: string[][] = [[]];
  for (const part of expected) {
    if (part === GAP) segments.push([]);
    else segments.at(-1)?.push(part);
  }
  return segments;
}

/** In which step the path is another than the segment that is expected to begin at `start`. */
function mismatch(path: readonly string[], segment: readonly string[], start: number): string | undefined {
  const index = segment.findIndex((part, offset) => !isMeant(path[start + offset], part));
  if (index === -1) return undefined;
  const came = path[start + index];
  const step = `in step ${start + index + 1}`;
  return came === undefined
    ? `${step} it had ended, and not come to ${segment[index]}`
    : `${step} it came to ${came}, not to ${segment[index]}`;
}

/** The first place from which the path goes like the segment. */
function find(path: readonly string[], segment: readonly string[], from: number): number | undefined {
  for (let start = from; start + segment.length <= path.length; start += 1)
    if (segment.every((part, offset) => isMeant(path[start + offset], part))) return start;
  return undefined;
}

const placeText = (path: readonly string[], at: number): string =>
  at === 0 ? 'the start' : `step ${at}, ${path[at - 1]},`;
