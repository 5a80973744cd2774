import { DIGEST_BYTES } from './item-digest.ts';

/** Into how many parts a table's digests are divided, by their first byte. */
const PARTS = 64;
const WORDS = DIGEST_BYTES / 4;

/**
 * Digests added up modulo 2^128, so that the order of items never shows but each duplicate does (unlike with
 * XOR). There is one sum for each of 64 parts, where an item's digest alone says to which part it belongs: two
 * tables hold the same items only if all sums agree, and how many do not tells how far apart the tables are,
 * however their items are divided into segments.
 */
export class DigestSum {
  /** Big-endian words, part after part. */
  readonly #words = new Uint32Array(PARTS * WORDS);

  /** @param written what `bytes` gave; nothing for the sum of no digests. */
  constructor(written?: Uint8Array) {
    if (written === undefined) return;
    const view = new DataView(written.buffer, written.byteOffset, PARTS * DIGEST_BYTES);
    for (let word = 0; word < this.#words.length; word += 1) this.#words[word] = view.getUint32(4 * word);
  }

  copy(): DigestSum {
    return new DigestSum(this.bytes);
  }

  /** @param digest as `itemDigest` gives it. */
  add(digest: string): void {
    const part = digest.charCodeAt(0) % PARTS;
    let carry = 0;
    for (let word = WORDS - 1; word >= 0; word -= 1)
      carry = this.#addWord(part * WORDS + word, wordAt(digest, word) + carry);
  }

  addSum(other: DigestSum): void {
    for (let part = 0; part < PARTS; part += 1) {
      let carry = 0;
      for (let word = (part + 1) * WORDS - 1; word >= part * WORDS; word -= 1)
        carry = this.#addWord(word, (other.#words[word] as number) + carry);
    }
  }

  /** In how many parts two sums are not the same: so many items at least are only in one of two tables. */
  partsUnlike(other: DigestSum): number {
    let unlike = 0;
    for (let start = 0; start < this.#words.length; start += WORDS)
      if (
        this.#words.subarray(start, start + WORDS).some((word, index) => word !== other.#words[start + index])
      )
        unlike += 1;
    return unlike;
  }

  /** As the ledger keeps it. */
  get bytes(): Uint8Array {
    const view = new DataView(new ArrayBuffer(PARTS * DIGEST_BYTES));
    this.#words.forEach((word, index) => view.setUint32(4 * index, word));
    return new Uint8Array(view.buffer);
  }

  /** @returns 1 if the word has gone beyond 32 bits. */
  #addWord(at: number, more: number): number {
    const sum = (this.#words[at] as number) + more;
    // The array keeps the lower 32 bits.
    this.#words[at] = sum;
    return sum > 0xffff_ffff ? 1 : 0;
  }
}

function wordAt(digest: string, word: number): number {
  const at = 4 * word;
  return (
    digest.charCodeAt(at) * 2 ** 24 +
    ((digest.charCodeAt(at + 1) << 16) | (digest.charCodeAt(at + 2) << 8) | digest.charCodeAt(at + 3))
  );
}
