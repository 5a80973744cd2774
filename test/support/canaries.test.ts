import { expect, it } from 'vitest';
import { CANARIES, CANARY_BYTES, CANARY_DIGITS, CANARY_TEXT, canariesIn } from './canaries.ts';

const bytes = { text: Buffer.from(CANARY_TEXT), digits: Buffer.from(CANARY_DIGITS), bytes: CANARY_BYTES };
const around = (one: Buffer, before: number) =>
  Buffer.concat([Buffer.alloc(before, 'x'), one, Buffer.from('yz')]);

it.each(Object.entries(bytes))('finds the %s in every encoding, wherever it begins', (name, one) => {
  const found = [
    one.toString('hex'),
    one.toString('hex').toUpperCase(),
    one.toString('hex').replace(/../g, '%$&'),
    JSON.stringify(one),
    JSON.stringify(new Uint8Array(one)),
    ...[0, 1, 2, 3].flatMap((before) =>
      (['base64', 'base64url'] as const).map((encoding) => around(one, before).toString(encoding)),
    ),
  ].map((text) => canariesIn({ nested: [text] }));
  expect(found).toEqual(found.map(() => [name]));
});

it.each([
  ['JSON', JSON.stringify({ key: CANARY_TEXT })],
  ['JSON in JSON', JSON.stringify({ payload: JSON.stringify({ key: CANARY_TEXT }) })],
  ['an address', `https://example.com/${encodeURIComponent(CANARY_TEXT)}`],
  ['a form', new URLSearchParams({ key: CANARY_TEXT }).toString()],
])('finds the text in %s', (_, text) => {
  expect(canariesIn(text.replace('TOP-SECRET', ''))).toEqual([]);
  expect(canariesIn(text)).toEqual(['text']);
});

it.each([
  ['the message of an error', new Error(CANARY_TEXT)],
  ['the stack of an error', Object.assign(new Error('no'), { stack: `Error: ${CANARY_TEXT}` })],
  ['the cause of an error', new Error('no', { cause: new Error('why', { cause: { key: CANARY_TEXT } }) })],
  ['the name of a property', { [CANARY_TEXT]: 1 }],
  ['a map', new Map([[CANARY_TEXT, 1]])],
  ['what is not enumerable', Object.defineProperty({}, 'hidden', { value: CANARY_TEXT })],
  ['bytes', { B: new TextEncoder().encode('TOP-SECRET') }],
])('finds it in %s', (_, value) => {
  expect(canariesIn(value)).toEqual(['text']);
});

it('finds nothing where there is nothing', () => {
  expect(canariesIn({ text: 'TOP', digits: '7700770077', bytes: new Uint8Array([192, 255]) })).toEqual([]);
  expect(CANARIES.flatMap(({ forms }) => forms).filter((form) => form.length < 10)).toEqual([]);
});
