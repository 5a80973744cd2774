const isoTime = /^(\d{4}-\d\d)-(\d\d)T\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since the epoch of an ISO-8601 time with seconds and an offset; undefined for anything else. */
export function timestampOf(text: string): number | undefined {
  const [, month, day] = isoTime.exec(text) ?? [];
  if (month === undefined) return undefined;
  const at = Date.parse(text);
  // JavaScript takes the 31st of any month for a day of the next.
  if (Number.isNaN(at) || Number(day) > daysOf(month)) return undefined;
  return at;
}

const daysOf = (month: string): number => {
  const first = new Date(`${month}-01T00:00:00Z`);
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
};
