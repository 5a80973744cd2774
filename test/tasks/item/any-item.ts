import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import type { Item } from '../../../src/tasks/item/item.ts';

const number = fc
  .tuple(fc.boolean(), fc.stringMatching(/^\d{1,38}$/), fc.integer({ min: -125, max: 88 }))
  .map(([negative, digits, exponent]) => `${negative ? '-' : ''}${digits}e${exponent}`);
const bytes = fc.uint8Array({ maxLength: 6 });
const text = fc.string({ maxLength: 6, unit: 'grapheme' });

/** A number's value as a fraction's two whole parts; written apart from the code under test. */
export function numberValue(decimal: string): string {
  const [mantissa = '', exponent = '0'] = decimal.split(/e/i);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const places = 400n + BigInt(exponent) - BigInt(fraction.length);
  return String(
    BigInt(whole.replace(/^[+-]/, '') + fraction) * 10n ** places * (whole.startsWith('-') ? -1n : 1n),
  );
}

export const anyValue: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text.map((S): AttributeValue => ({ S })),
    number.map((N): AttributeValue => ({ N })),
    bytes.map((B): AttributeValue => ({ B })),
    fc.boolean().map((BOOL): AttributeValue => ({ BOOL })),
    fc.constant<AttributeValue>({ NULL: true }),
    fc.uniqueArray(text, { minLength: 1, maxLength: 4 }).map((SS): AttributeValue => ({ SS })),
    fc
      .uniqueArray(number, { minLength: 1, maxLength: 4, selector: numberValue })
      .map((NS): AttributeValue => ({ NS })),
    fc
      .uniqueArray(bytes, { minLength: 1, maxLength: 4, selector: (each) => each.join() })
      .map((BS): AttributeValue => ({ BS })),
    fc.array(tie('value'), { maxLength: 4 }).map((L): AttributeValue => ({ L })),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }).map((M): AttributeValue => ({ M })),
  ),
})).value;

export const anyItem: fc.Arbitrary<Item> = fc.dictionary(text, anyValue, { maxKeys: 5 });

/** The same item as another reader might spell it: other order of maps and sets, other digits of numbers. */
export function respelled(item: Item): Item {
  return Object.fromEntries(
    Object.entries(item)
      .reverse()
      .map(([name, value]) => [name, respelledValue(value)]),
  );
}

function respelledValue(value: AttributeValue): AttributeValue {
  if (value.N !== undefined) return { N: respelledNumber(value.N) };
  if (value.NS) return { NS: value.NS.map(respelledNumber).reverse() };
  if (value.SS) return { SS: [...value.SS].reverse() };
  if (value.BS) return { BS: value.BS.map((each) => Uint8Array.from(each)).reverse() };
  if (value.B) return { B: Buffer.from(value.B) };
  if (value.M) return { M: respelled(value.M) };
  if (value.L) return { L: value.L.map(respelledValue) };
  return value;
}

function respelledNumber(decimal: string): string {
  const [mantissa = '', exponent = '0'] = decimal.split('e');
  const [sign, digits] = mantissa.startsWith('-') ? ['-', mantissa.slice(1)] : ['+', mantissa];
  return `${sign}0${digits}00.0E${Number(exponent) - 2}`;
}
