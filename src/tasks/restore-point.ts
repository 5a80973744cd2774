const PARTS = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:Z|([+-])(\d{2}):(\d{2}))$/;

/** The widest offset that any place on earth has used (UTC+14:00). */
const WIDEST_OFFSET_MINUTES = 14 * 60;

/**
 * Reads a restore point strictly: a date that the calendar has, a time of the day, and an offset.
 * @returns milliseconds since the epoch, or undefined for 31 February, 24:00, a leap second or no offset.
 */
export function parseRestorePoint(text: string): number | undefined {
  const parts = PARTS.exec(text);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const offsetHours = Number(parts[8] ?? 0);
  const offsetMinutes = Number(parts[9] ?? 0);
  // Date.UTC carries over (31 February becomes March): a date that reads back differently does not exist.
  if (restorePointText(local) !== `${text.slice(0, 19)}Z`) return undefined;
  if (offsetMinutes > 59 || offsetHours * 60 + offsetMinutes > WIDEST_OFFSET_MINUTES) return undefined;
  const sign = parts[7] === '-' ? -1 : 1;
  return local - sign * (offsetHours * 60 + offsetMinutes) * 60_000;
}

/** A second in UTC as DynamoDB takes it: `2026-11-22T03:14:07Z`; a fraction of a second is cut off. */
export function restorePointText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** Whether two times fall into the same second, which is how exactly DynamoDB restores. */
export function sameSecond(a: number, b: number): boolean {
  return Math.floor(a / 1000) === Math.floor(b / 1000);
}
