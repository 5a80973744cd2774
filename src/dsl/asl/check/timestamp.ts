/** RFC 3339 with a capital T between date and time and a zone, as the language demands (ASL specification, "Timestamps"). */
const RFC3339 =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Whether a value is a time that exists. */
export function isTimestamp(value: unknown): boolean {
  const [, year, month, day] = (typeof value === 'string' && RFC3339.exec(value)) || [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
