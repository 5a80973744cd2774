import { createHash } from 'node:crypto';

/** Numbers from 0 to 1 that the same seed repeats, so that a simulated run can be replayed. */
export function seededJitter(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE();
  return () => {
    // Marsaglia's xorshift32; its state must not be 0.
    state ||= 1;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
