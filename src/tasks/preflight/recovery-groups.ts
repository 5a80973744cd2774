import type { RecoverySystem } from '../recovery-system.ts';

/** Groups of tables that belong together of which only a part is asked for, in words. */
export function partialGroups(
  tables: readonly { readonly name: string }[],
  system: RecoverySystem,
): string[] {
  const asked = new Set(tables.map(({ name }) => name));
  return (system.groups ?? []).flatMap((group) => {
    const named = group.filter((name) => asked.has(name));
    const missing = group.filter((name) => !asked.has(name));
    if (named.length === 0 || missing.length === 0) return [];
    return [`${named.join(', ')} in one recovery group with ${missing.join(', ')}`];
  });
}

/** Why a part of a group cannot be taken back by itself, unless that is forced. */
export const groupFaults = (partial: readonly string[]): string[] =>
  partial.map(
    (words) =>
      `tables: ${words}, which the request does not name; name the whole group, or set forcePartialGroup if they ` +
      'need not agree',
  );

/** What forcing it means. */
export const groupWarnings = (partial: readonly string[]): string[] =>
  partial.map(
    (words) => `tables: ${words}, which stay as they are (forcePartialGroup): they may no longer agree`,
  );
