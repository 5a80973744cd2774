/** Thrown for a text that is no path or no function; the message says what was expected. */
export class PathSyntaxError extends Error {}

/** What Java's JSONPath takes for more than itself behind a `\`. */
const escapes: { readonly [letter: string]: string } = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Reads a path or a function call, character by character. */
export class TextReader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  get next(): string {
    return this.text[this.at] ?? '';
  }

  startsWith(expected: string): boolean {
    return this.text.startsWith(expected, this.at);
  }

  /** Moves past `expected` if it comes next. */
  take(expected: string): boolean {
    if (!this.startsWith(expected)) return false;
    this.at += expected.length;
    return true;
  }

  /** @throws PathSyntaxError */
  expect(expected: string): void {
    if (!this.take(expected)) throw this.unexpected(`'${expected}'`);
  }

  /** Moves past what the pattern (sticky) matches here, and returns it. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  skipSpace(): void {
    this.match(/\s*/y);
  }

  /**
   * A text in quotes, single or double, with `\` before what is to be taken as it stands, or `\n` and its like.
   * @param escapable the only characters that may stand behind a `\`; without it any may.
   */
  quoted(escapable?: string): string | undefined {
    const quote = this.next;
    if (quote !== "'" && quote !== '"') return undefined;
    this.at += 1;
    let text = '';
    while (this.next !== quote) {
      if (this.done) throw this.unexpected(`a closing ${quote}`);
      if (this.next === '\\') {
        this.at += 1;
        if (escapable === undefined) {
          text += this.#escaped();
          continue;
        }
        if (!escapable.includes(this.next)) throw this.unexpected(`one of ${escapable}`);
      }
      text += this.next;
      this.at += 1;
    }
    this.at += 1;
    return text;
  }

  /** What stands behind a `\`: a control character by its letter, a character by its number, else itself. */
  #escaped(): string {
    const code = this.match(/u[0-9a-fA-F]{4}/y);
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    const letter = this.next;
    this.at += 1;
    return escapes[letter] ?? letter;
  }

  unexpected(expected: string): PathSyntaxError {
    const found = this.done ? 'the end' : `'${this.text.slice(this.at, this.at + 20)}'`;
    return new PathSyntaxError(`'${this.text}' needs ${expected} at ${this.at}, found ${found}`);
  }
}
