import type { EmbeddedAws } from './aws/embedded-aws.ts';
import type { WireItem } from './aws/dynamodb/wire-item.ts';
import type { FunctionsSnapshot } from './aws/lambda/function-registry.ts';

/** How a table's items compare with what they should be, in items. */
export interface TableProof {
  readonly name: string;
  readonly items: number;
  readonly missing: number;
  readonly extra: number;
  readonly different: number;
  readonly equal: boolean;
}

/**
 * Compares what the engine holds now with what it must hold, byte for byte: nothing of the recovery's own
 * comparing or digesting is used.
 * @param wanted by canonical key.
 */
export async function proveTable(
  aws: EmbeddedAws,
  table: string,
  wanted: ReadonlyMap<string, WireItem>,
): Promise<TableProof> {
  const found = await aws.contentNow(table);
  let missing = 0;
  let different = 0;
  for (const [key, item] of wanted) {
    const live = found.get(key);
    if (live === undefined) missing += 1;
    else if (canonicalItem(live) !== canonicalItem(item)) different += 1;
  }
  const extra = [...found.keys()].filter((key) => !wanted.has(key)).length;
  return {
    name: table,
    items: found.size,
    missing,
    extra,
    different,
    equal: missing + extra + different === 0,
  };
}

/** One text for one content: attributes by name, sets in order, everything else as the wire has it. */
function canonicalItem(item: WireItem): string {
  return JSON.stringify(sorted(item));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(
    names.map((name) => {
      const inner = (value as Record<string, unknown>)[name];
      const set = ['SS', 'NS', 'BS'].includes(name) && Array.isArray(inner);
      return [name, set ? [...(inner as string[])].sort() : sorted(inner)];
    }),
  );
}

/** A function or mapping before the freeze, while frozen, and after the thaw. */
export interface SettingProof {
  readonly name: string;
  readonly before: string;
  readonly frozen: string;
  readonly after: string;
  readonly equal: boolean;
}

export interface Snapshots {
  readonly before: FunctionsSnapshot;
  readonly frozen: FunctionsSnapshot | undefined;
  readonly after: FunctionsSnapshot;
}

export function proveFunctions({ before, frozen, after }: Snapshots): readonly SettingProof[] {
  const text = (value: number | null | undefined) =>
    value === undefined ? '-' : value === null ? 'none' : String(value);
  return Object.keys(before.reservedConcurrency).map((name) =>
    settingProof(
      name,
      [before, frozen, after].map((one) => text(one?.reservedConcurrency[name])),
    ),
  );
}

/** @param names of the mappings by UUID, for a person. */
export function proveMappings(
  { before, frozen, after }: Snapshots,
  names: ReadonlyMap<string, string>,
): readonly SettingProof[] {
  return Object.keys(before.mappings)
    .map((uuid) =>
      settingProof(
        names.get(uuid) ?? uuid,
        [before, frozen, after].map((one) => one?.mappings[uuid] ?? '-'),
      ),
    )
    .sort((left, right) => left.name.localeCompare(right.name, 'en', { numeric: true }));
}

function settingProof(
  name: string,
  [before = '-', frozen = '-', after = '-']: readonly string[],
): SettingProof {
  return { name, before, frozen, after, equal: before === after };
}
