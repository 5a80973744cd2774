/** Rows as text in columns: numbers to the right, in English thousands. A missing value is `-`. */
export function table(rows: readonly Readonly<Record<string, number | string | undefined>>[]): string {
  const heads = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => heads.map((head) => text(row[head])));
  const widths = heads.map((head, at) => Math.max(head.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) => row.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ');
  return [line(heads), ...cells.map(line)].join('\n');
}

const text = (value: number | string | undefined): string =>
  typeof value === 'number' ? value.toLocaleString('en-US') : (value ?? '-');
