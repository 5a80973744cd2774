import { isDeepStrictEqual } from 'node:util';
import type { EmbeddedAws } from './aws/embedded-aws.ts';
import type { WireItem } from './aws/dynamodb/wire-item.ts';
import type { AccountSettings, Setting } from './settings.ts';

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

/** How one thing was set before the freeze, while frozen, and after the thaw. */
export interface SettingProof {
  readonly name: string;
  readonly before: string;
  /** `-` when nothing was frozen. */
  readonly frozen: string;
  readonly after: string;
  /** Whether all of it is after the thaw what it was before, to the letter. */
  readonly equal: boolean;
}

export type SettingProofs = Readonly<Record<keyof AccountSettings, readonly SettingProof[]>>;

interface Snapshots {
  readonly before: AccountSettings;
  /** Undefined when nothing was frozen. */
  readonly frozen: AccountSettings | undefined;
  readonly after: AccountSettings;
}

/** Compares the settings of the account after a recovery with those before. */
export function proveSettings({ before, frozen, after }: Snapshots): SettingProofs {
  const proofs = (kind: keyof AccountSettings) => {
    const names = Object.keys({ ...before[kind], ...after[kind] });
    return names.map((name) =>
      settingProof(
        name,
        [before, frozen, after].map((one) => one?.[kind][name]),
      ),
    );
  };
  return {
    functions: proofs('functions'),
    eventSourceMappings: proofs('eventSourceMappings'),
    pipes: proofs('pipes'),
    rules: proofs('rules'),
    schedules: proofs('schedules'),
    policies: proofs('policies'),
  };
}

function settingProof(name: string, [before, frozen, after]: readonly (Setting | undefined)[]): SettingProof {
  const words = (setting: Setting | undefined) => setting?.words ?? '-';
  return {
    name,
    before: words(before),
    frozen: words(frozen),
    after: words(after),
    equal: isDeepStrictEqual(before?.whole, after?.whole) && words(before) === words(after),
  };
}
