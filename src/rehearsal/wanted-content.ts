import { Selection } from '../tasks/selection/selection.ts';
import type { Only } from '../tasks/selection/only.ts';
import { fromWire } from '../tasks/wire/from-wire.ts';
import type { EmbeddedAws } from './aws/embedded-aws.ts';
import type { WireItem } from './aws/dynamodb/wire-item.ts';

/** Up to where a table's history tells what it must hold in the end. */
export interface Instants {
  /** Milliseconds since the epoch. */
  readonly restorePoint: number;
  /** When the application was frozen: milliseconds since the epoch. */
  readonly frozenAt: number;
}

/**
 * What a table must hold after a recovery, by canonical key, from the kept history: its content at the restore point.
 * With a selection only the selected keys' items are from there, and every other one is from the freeze. Which keys
 * those are, the recovery's own `Selection` says, since that is what was asked for; the contents are not of its making.
 */
export function wantedContent(
  aws: EmbeddedAws,
  { name, only }: { readonly name: string; readonly only?: Only | undefined },
  { restorePoint, frozenAt }: Instants,
): ReadonlyMap<string, WireItem> {
  const restored = aws.contentAt(name, restorePoint);
  if (only === undefined) return restored;
  const live = aws.contentAt(name, frozenAt);
  const selection = new Selection(only, aws.keyNames(name));
  const wanted = new Map<string, WireItem>();
  for (const key of new Set([...restored.keys(), ...live.keys()])) {
    const pair = { restored: asItem(restored.get(key)), live: asItem(live.get(key)) };
    const item = (selection.selects(pair) ? restored : live).get(key);
    if (item !== undefined) wanted.set(key, item);
  }
  return wanted;
}

/** `fromWire` works on the item that it is given. */
const asItem = (item: WireItem | undefined) =>
  item === undefined ? undefined : fromWire(structuredClone(item));
