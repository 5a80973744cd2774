/** A failure in plain words, on its way to what answers it. */
export class WorkflowFailure extends Error {
  override readonly name = 'WorkflowFailure';
  readonly error: string;
  readonly words: string;

  constructor(error: string, words: string) {
    super(`${error}: ${words}`);
    this.error = error;
    this.words = words;
  }
}
