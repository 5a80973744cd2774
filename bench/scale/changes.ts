import { predictRewind } from './predict-rewind.ts';
import type { Prediction } from './prediction.ts';
import type { Disaster, Setting } from './setting.ts';

/** What a user could change, and what it would come to. */
export interface Change extends Pick<Prediction, 'minutes' | 'dollars'> {
  readonly change: string;
  /** What holds up plan, reset and verify. */
  readonly bottlenecks: string;
}

/** A big table that is a little damaged: nearly all of the time is reading. */
export const CHANGED: Disaster = { items: 1e9, damage: 0.01 };

const wide = { quota: { read: 400_000, write: 400_000 } };

const CHANGES: Readonly<Record<string, (setting: Setting) => Partial<Setting>>> = {
  'as it is': () => ({}),
  'a core a tenth as fast': ({ megabytesPerCore }) => ({ megabytesPerCore: megabytesPerCore / 10 }),
  '20 segments at once': () => ({ atOnce: 20 }),
  'table quotas of 120,000': () => ({ quota: { read: 120_000, write: 120_000 } }),
  'table quotas of 400,000': () => wide,
  'the same, and 400 segments, 200 at once': () => ({ ...wide, segments: 400, atOnce: 200 }),
  'all of these, and warmed to 400,000': () => ({ ...wide, segments: 400, atOnce: 200, warm: wide.quota }),
};

/** What each change alone does to the time and the price of the same disaster. */
export async function changes(setting: Setting, disaster: Disaster = CHANGED): Promise<readonly Change[]> {
  const rows: Change[] = [];
  for (const [change, made] of Object.entries(CHANGES)) {
    const changed = { ...setting, ...made(setting) };
    const { minutes, dollars, bottlenecks } = await predictRewind(disaster, changed);
    const { plan, reset, verify } = bottlenecks;
    rows.push({ change, minutes, dollars, bottlenecks: [...new Set([plan, reset, verify])].join(', ') });
  }
  return rows;
}
