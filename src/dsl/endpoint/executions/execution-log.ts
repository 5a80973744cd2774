import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writevSync } from 'node:fs';

/** Where a line stands in the log, in bytes. */
export interface LinePlace {
  readonly offset: number;
  readonly length: number;
}

/** Milliseconds for which a line may wait in memory before it is written. */
const patience = 20;

/** Bytes of lines that wait in memory at most. */
const mostWaiting = 1024 * 1024;

/** Bytes read at once when the log is gone through. */
const chunkBytes = 256 * 1024;

/** A file of lines that grows at its end, any line of which can be read again. */
export class ExecutionLog {
  readonly #path: string;
  readonly #file: number;
  #size: number;
  #waiting: { readonly offset: number; readonly line: Buffer }[] = [];
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'a+');
    this.#size = fstatSync(this.#file).size;
  }

  /** In bytes. */
  get size(): number {
    return this.#size;
  }

  append(text: string): LinePlace {
    const line = Buffer.from(`${text}\n`);
    const place = { offset: this.#size, length: line.length };
    this.#waiting.push({ offset: place.offset, line });
    this.#size += line.length;
    this.#waitingBytes += line.length;
    if (this.#waitingBytes > mostWaiting) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), patience);
    return place;
  }

  read({ offset, length }: LinePlace): string {
    const waiting = this.#waiting.find((one) => one.offset === offset);
    if (waiting !== undefined) return waiting.line.toString();
    const line = Buffer.alloc(length);
    readSync(this.#file, line, 0, length, offset);
    return line.toString();
  }

  /** Writes what waits. @throws Error that names the file when it cannot be written, such as on a full disk. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    let lines: readonly Buffer[] = this.#waiting.map(({ line }) => line);
    this.#waiting = [];
    this.#waitingBytes = 0;
    try {
      while (lines.length > 0) lines = rest(lines, writevSync(this.#file, lines.slice(0, 1024)));
    } catch (fault) {
      throw new Error(
        `${this.#path}: it cannot be written (${(fault as Error).message}); make room, and start again`,
        { cause: fault },
      );
    }
  }

  /** Goes through the whole lines; what follows the last of them, cut short by a crash, is cut off. */
  *lines(): Generator<LinePlace & { readonly text: string }> {
    let [offset, position] = [0, 0];
    let pieces: Buffer[] = [];
    const chunk = Buffer.alloc(chunkBytes);
    for (;;) {
      const count = readSync(this.#file, chunk, 0, chunkBytes, position);
      if (count === 0) break;
      position += count;
      let begin = 0;
      for (let end = chunk.indexOf(10); end >= 0 && end < count; end = chunk.indexOf(10, begin)) {
        pieces.push(Buffer.from(chunk.subarray(begin, end)));
        const text = Buffer.concat(pieces).toString();
        pieces = [];
        const length = position - count + end + 1 - offset;
        yield { offset, length, text };
        offset += length;
        begin = end + 1;
      }
      pieces.push(Buffer.from(chunk.subarray(begin, count)));
    }
    if (offset < this.#size) this.cut(offset);
  }

  /** Cuts off everything from there on. */
  cut(offset: number): void {
    ftruncateSync(this.#file, offset);
    this.#size = offset;
  }

  close(): void {
    this.flush();
    fsyncSync(this.#file);
    closeSync(this.#file);
  }
}

/** What is left of lines when so many of their bytes have been written. */
function rest(lines: readonly Buffer[], written: number): readonly Buffer[] {
  let left = written;
  let index = 0;
  for (; index < lines.length && left >= (lines[index] as Buffer).length; index++)
    left -= (lines[index] as Buffer).length;
  const [first, ...more] = lines.slice(index);
  return first === undefined ? [] : [first.subarray(left), ...more];
}
