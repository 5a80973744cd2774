import type { Disaster } from './recovery-world.ts';
import { CANARY_BYTES, CANARY_DIGITS, CANARY_TEXT } from './canaries.ts';
import type { Item } from './sensitive-items.ts';

/** A key of text and a number, and values of every kind that can hold a canary. */
export function secretOrder(number: number, content = 'good'): Item {
  return {
    pk: { S: `${CANARY_TEXT} ${number}` },
    sk: { N: `${CANARY_DIGITS}${number}` },
    content: { S: `${CANARY_TEXT} ${content}` },
    amount: { N: `-${CANARY_DIGITS}.${number}` },
    image: { B: CANARY_BYTES },
    tags: { SS: [`${CANARY_TEXT} a`, `${CANARY_TEXT} b`] },
    [`${CANARY_TEXT} as a name`]: { L: [{ M: { [CANARY_TEXT]: { S: CANARY_TEXT } } }] },
  };
}

/** A key of bytes. */
function secretImage(number: number, content = 'good'): Item {
  return {
    pk: { B: Buffer.concat([Buffer.from([number]), CANARY_BYTES]) },
    sk: { B: Buffer.concat([CANARY_BYTES, Buffer.from([number])]) },
    content: { S: `${CANARY_TEXT} ${content}` },
  };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Of thirty items at first two are gone, two are made up and the others are spoilt. */
const spoilt = (make: typeof secretOrder) => ({
  good: numbers(10, 39).map((number) => make(number)),
  damaged: numbers(12, 41).map((number) => make(number, 'spoilt')),
});

/** Two tables whose every item is a secret. */
export const secretTables: Disaster['tables'] = { orders: spoilt(secretOrder), images: spoilt(secretImage) };
