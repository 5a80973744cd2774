import type { ExpressionNode } from './expression-node.ts';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
] as const;

/** Milliseconds in words: `1 hour 30 minutes`. */
export function durationText(milliseconds: number): string {
  const words: string[] = [];
  let left = milliseconds;
  for (const [unit, length] of units) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count > 0) words.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return words.length === 0 ? 'no time' : words.join(' ');
}

/** Whole seconds in the same words. */
export const secondsText = (seconds: number): string => durationText(seconds * 1000);

/** The same words for seconds that the machine computes: more than 0, a whole number. */
export const computedSecondsText = (seconds: ExpressionNode): ExpressionNode => ({
  kind: 'raw',
  parts: ['($_seconds := ', `; ${IN_WORDS})`],
  operands: [seconds],
});

/** Each unit is counted in what the larger one leaves. */
const IN_WORDS =
  '$join([[86400, 1e12, "day"], [3600, 86400, "hour"], [60, 3600, "minute"], [1, 60, "second"]].' +
  '($_count := $floor($_seconds % $[1] / $[0]); ' +
  '$_count > 0 ? $_count & " " & $[2] & ($_count = 1 ? "" : "s")), " ")';
