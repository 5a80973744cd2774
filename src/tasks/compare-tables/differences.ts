import type { VerifiedTable } from './verified-table.ts';

/** How two tables differ, in counts: neither items nor keys are known here. Empty when they are proven equal. */
export function differences(live: VerifiedTable, restored: VerifiedTable): string[] {
  const found: string[] = [];
  const unlike = live.digests.partsUnlike(restored.digests);
  const more = Math.abs(live.items - restored.items);
  if (unlike > 0 || more > 0) {
    const how =
      more > 0
        ? `${live.items} items against ${restored.items}`
        : `both have ${live.items} items, but not the same ones`;
    // One item that is another in either table makes two parts unlike, if its digests fall into two.
    found.push(`${how} (at least ${Math.max(more, Math.ceil(unlike / 2))} differ)`);
  }
  if (live.expiring.differing > 0)
    found.push(
      `${live.expiring.differing} of its expiring items are not in the restored table, or are others there`,
    );
  if (restored.expiring.differing > 0)
    found.push(
      `${restored.expiring.differing} of the restored table's expiring items are missing before their time, or are others`,
    );
  return found;
}
