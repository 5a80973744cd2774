const hash = (text: string): number =>
  Array.from(text).reduce(
    (sum, character) => Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0,
    2_166_136_261,
  );

/** Milliseconds that a call takes: hardly two take the same, so that the order of what runs side by side is known. */
export const durationOf = (at: string, nth: number): number => 1 + (hash(`${at}#${nth}`) % 58_000);

/** Seconds that a branch or an iteration waits before its first step. */
export const headStartOf = (site: string, index: number): number => 1 + (hash(`${site}@${index}`) % 97);

export const pollEverySeconds = 3_600;

/** Half a round more than it waits, so that no sum of durations and retries changes the number of calls. */
export const giveUpAfterSeconds = (waits: number): number => waits * pollEverySeconds + pollEverySeconds / 2;
