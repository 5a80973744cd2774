import { axis, type LogAxis } from './log-axis.ts';
import type { Prediction } from './prediction.ts';

/** One line of the plot: the rows that it goes through, and how it is drawn. */
interface Line {
  readonly label: string;
  readonly of: (row: Prediction) => boolean;
  readonly style: string;
}

const rewindAt =
  (damage: number): Line['of'] =>
  (row) =>
    row.name === 'rewind' && row.damage === damage;

const LINES: readonly Line[] = [
  { label: 'rewind, nothing damaged', of: rewindAt(0), style: 'a' },
  { label: 'rewind, a tenth damaged', of: rewindAt(0.1), style: 'b' },
  { label: 'rewind, all damaged', of: rewindAt(1), style: 'c' },
  { label: 'delete and copy, as wide', of: ({ name }) => name === 'delete-and-copy, as wide', style: 'd' },
  { label: 'delete and copy, one by one', of: ({ name }) => name === 'delete-and-copy', style: 'e' },
];

interface Panel {
  readonly title: string;
  readonly value: (row: Prediction) => number;
  readonly ticks: readonly (readonly [number, string])[];
}

const HOUR = 60;
const DAY = 24 * HOUR;

const PANELS: readonly Panel[] = [
  {
    title: 'time until everything runs again',
    value: ({ minutes }) => minutes,
    ticks: [
      [HOUR / 2, '½ hour'],
      [HOUR, '1 hour'],
      [4 * HOUR, '4 hours'],
      [DAY, '1 day'],
      [7 * DAY, '1 week'],
      [30 * DAY, '30 days'],
      [365 * DAY, '1 year'],
    ],
  },
  {
    title: 'cost, US dollars',
    value: ({ dollars }) => dollars,
    ticks: [0.01, 0.1, 1, 10, 100, 1000, 10_000, 100_000].map((dollars) => [
      dollars,
      dollars.toLocaleString('en-US'),
    ]),
  },
];

const AREA = { width: 330, height: 300, left: 70, top: 44, gap: 96 } as const;
const WIDTH = AREA.left + 2 * AREA.width + AREA.gap + 20;
const HEIGHT = AREA.top + AREA.height + 110;

/** Dark where the reader's system is; each line has its own dashes and marks too. */
const STYLE = `
  .page { fill: #ffffff } .ink { fill: #1f2937 } .grid { stroke: #d1d5db } .frame { stroke: #6b7280; fill: none }
  text { font: 12px Helvetica, Arial, sans-serif } .title { font-weight: bold }
  .line { fill: none; stroke-width: 2 }
  .a { stroke: #0e7490; stroke-dasharray: 2 3 } .b { stroke: #2563eb; stroke-dasharray: 7 3 } .c { stroke: #1e3a8a }
  .d { stroke: #b45309 } .e { stroke: #b91c1c; stroke-dasharray: 7 3 2 3 }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117 } .ink { fill: #e5e7eb } .grid { stroke: #30363d } .frame { stroke: #8b949e }
    .a { stroke: #67e8f9 } .b { stroke: #60a5fa } .c { stroke: #c7d2fe } .d { stroke: #fbbf24 } .e { stroke: #f87171 }
  }`;

/** Time and cost over the size, both axes logarithmic, as an SVG. */
export function plot(rows: readonly Prediction[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="Predicted time and cost of a recovery by the number of items">`,
    `<style>${STYLE}\n</style>`,
    `<rect class="page" width="${WIDTH}" height="${HEIGHT}"/>`,
    ...PANELS.map((panel, index) => drawPanel(panel, rows, AREA.left + index * (AREA.width + AREA.gap))),
    legend(),
    '</svg>',
    '',
  ].join('\n');
}

function drawPanel({ title, value, ticks }: Panel, rows: readonly Prediction[], left: number): string {
  const sizes = [...new Set(rows.map(({ items }) => items))];
  const x = axis(sizes, left, left + AREA.width);
  const values = rows.filter((row) => LINES.some(({ of }) => of(row))).map(value);
  const shown = ticks.filter(([at]) => at >= Math.min(...values) / 10 && at <= Math.max(...values) * 10);
  const bottom = AREA.top + AREA.height;
  const y = axis([...values, ...shown.map(([at]) => at)], bottom, AREA.top);
  return [
    `<text class="ink title" x="${left}" y="${AREA.top - 16}">${title}</text>`,
    ...shown.map(
      ([at, label]) =>
        `<line class="grid" x1="${left}" x2="${left + AREA.width}" y1="${y(at)}" y2="${y(at)}"/>` +
        `<text class="ink" text-anchor="end" x="${left - 6}" y="${y(at) + 4}">${label}</text>`,
    ),
    ...sizes.map(
      (size) =>
        `<line class="grid" x1="${x(size)}" x2="${x(size)}" y1="${AREA.top}" y2="${bottom}"/>` +
        `<text class="ink" text-anchor="middle" x="${x(size)}" y="${bottom + 18}">10<tspan dy="-5" font-size="9">${Math.round(Math.log10(size))}</tspan></text>`,
    ),
    `<text class="ink" text-anchor="middle" x="${left + AREA.width / 2}" y="${bottom + 38}">items in the table</text>`,
    `<rect class="frame" x="${left}" y="${AREA.top}" width="${AREA.width}" height="${AREA.height}"/>`,
    ...LINES.map(({ of, style }) => drawLine(rows.filter(of), { style, value, x, y })),
  ].join('\n');
}

interface Drawing extends Pick<Line, 'style'>, Pick<Panel, 'value'> {
  readonly x: LogAxis;
  readonly y: LogAxis;
}

/** Rows that lie on one another, as those of the known way at every damage, are one point. */
function drawLine(rows: readonly Prediction[], { style, value, x, y }: Drawing): string {
  const points = new Set(rows.map((row) => `${x(row.items)},${y(value(row))}`));
  return `<polyline class="line ${style}" points="${[...points].join(' ')}"/>`;
}

function legend(): string {
  const top = AREA.top + AREA.height + 66;
  return LINES.map(({ label, style }, index) => {
    const x = AREA.left + (index % 3) * 260;
    const y = top + Math.floor(index / 3) * 22;
    return (
      `<line class="line ${style}" x1="${x}" x2="${x + 36}" y1="${y}" y2="${y}"/>` +
      `<text class="ink" x="${x + 44}" y="${y + 4}">${label}</text>`
    );
  }).join('\n');
}
