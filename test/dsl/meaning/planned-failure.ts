/** A failure that somebody may answer. */
export class PlannedFailure extends Error {
  readonly error: string;
  readonly words: string;

  constructor(error: string, words: string) {
    super(`${error}: ${words}`);
    this.error = error;
    this.words = words;
  }
}

/** Does something, or what answers its failure; that may fail in its turn. */
export function orElse<T>(attempt: () => T, answer: (failure: PlannedFailure) => T): T {
  try {
    return attempt();
  } catch (failure) {
    if (failure instanceof PlannedFailure) return answer(failure);
    throw failure;
  }
}
