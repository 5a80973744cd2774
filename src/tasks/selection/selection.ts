import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item, KeyNames } from '../item/item.ts';
import { namesOnPath, valueAt } from './attribute-path.ts';
import type { AttributeCondition, KeyCondition, Only } from './only.ts';
import { beginsWith, compareWith, wantedValue } from './wanted-value.ts';

/** The items of one key as the two tables hold them; at least one of the two exists. */
export interface Pair {
  readonly restored: Item | undefined;
  readonly live: Item | undefined;
}

type Test = (item: Item) => boolean;

/**
 * Which pairs of same-keyed items a selective reset is about.
 *
 * A pair is selected when its restored or its live item meets the conditions on keys and attributes: the
 * restored one, since an item whose tenant was overwritten is still that tenant's; the live one, since an item
 * that came to the tenant, or that a bad upload made, must go. With `changedSince` one of the two must also
 * be marked as changed since then, or the live one be missing, since what was deleted bears no mark any more.
 */
export class Selection {
  readonly #belongs: Test;
  readonly #changed: Test | undefined;

  /** @param keyNames of the table. */
  constructor({ partitionKey, sortKey, where = [], changedSince }: Only, keyNames: KeyNames) {
    const [partition = '', sort = ''] = keyNames;
    const tests = [
      ...(partitionKey ? [keyTest(partition, partitionKey)] : []),
      ...(sortKey ? [keyTest(sort, sortKey)] : []),
      ...where.map(attributeTest),
    ];
    this.#belongs = (item) => tests.every((test) => test(item));
    if (changedSince)
      this.#changed = attributeTest({ attribute: changedSince.attribute, atLeast: changedSince.since });
  }

  selects({ restored, live }: Pair): boolean {
    const either = (test: Test) => (restored && test(restored)) === true || (live && test(live)) === true;
    if (!either(this.#belongs)) return false;
    return this.#changed === undefined || live === undefined || either(this.#changed);
  }
}

/** Whether only keys decide, so that a selection is a table within the table. */
export function isByKeysAlone({ where, changedSince }: Only): boolean {
  return where === undefined && changedSince === undefined;
}

function keyTest(name: string, condition: KeyCondition): Test {
  return attributeTest({ attribute: [name], ...condition });
}

/** A condition as a test of items. A value of another type than the one that is wanted never meets it. */
function attributeTest({ attribute, exists, ...wanted }: AttributeCondition): Test {
  const names = namesOnPath(attribute);
  const tests: ((value: AttributeValue) => boolean)[] = [];
  const ordered = (bound: AttributeCondition['equals'], fits: (order: number) => boolean) => {
    if (bound === undefined) return;
    const against = wantedValue(bound);
    tests.push((value) => {
      const order = compareWith(against, value);
      return order !== undefined && fits(order);
    });
  };
  ordered(wanted.equals, (order) => order === 0);
  ordered(wanted.atLeast, (order) => order >= 0);
  ordered(wanted.atMost, (order) => order <= 0);
  if (wanted.beginsWith !== undefined) {
    const beginning = wantedValue(wanted.beginsWith);
    tests.push((value) => beginsWith(beginning, value));
  }
  return (item) => {
    const value = valueAt(item, names);
    if (exists !== undefined && exists !== (value !== undefined)) return false;
    return tests.length === 0 || (value !== undefined && tests.every((test) => test(value)));
  };
}
