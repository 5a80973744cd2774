import { CHANGED, type Change } from './changes.ts';
import {
  DOUBLING_SECONDS,
  LAMBDA_AT_ONCE,
  NEW_TABLE,
  PARTITION,
  RESTORABLE_LAG_SECONDS,
  STARTS,
  TABLE_QUOTA,
  TRANSITIONS,
} from './limits.ts';
import { PHASES } from './phases.ts';
import type { Prediction } from './prediction.ts';
import { PRICES } from './prices.ts';
import { DAMAGE, type Setting, SETTING } from './setting.ts';

interface Model {
  readonly rows: readonly Prediction[];
  readonly changes: readonly Change[];
}

type Table = readonly (readonly string[])[];

/** The generated parts of the page, by the name that their places have in it. */
const PARTS: Readonly<Record<string, (model: Model) => Table>> = {
  time: ({ rows }) => bySize(rows, ({ minutes }) => duration(minutes)),
  cost: ({ rows }) => bySize(rows, ({ dollars }) => money(dollars)),
  phases: ({ rows }) => [
    ['items', ...PHASES, 'held up by'],
    ...sizesOf(rows).map((items) => {
      const row = rows.find(
        (one) => one.items === items && one.name === 'rewind' && one.damage === CHANGED.damage,
      );
      if (row === undefined)
        throw new Error(`there is no row for ${items} items at damage ${CHANGED.damage}`);
      return [number(items), ...PHASES.map((phase) => duration(row[phase])), heldUp(row)];
    }),
  ],
  changes: ({ changes }) => [
    ['change', 'time', 'cost', 'plan, reset and verify are held up by'],
    ...changes.map(({ change, minutes, dollars, bottlenecks }) => [
      change,
      duration(minutes),
      money(dollars),
      bottlenecks,
    ]),
  ],
  limits: () => limits(SETTING),
  prices: () => [
    ['what', 'US dollars'],
    ['1,000,000 write request units', price(PRICES.writeUnit * 1e6)],
    ['1,000,000 read request units', price(PRICES.readUnit * 1e6)],
    ['a gigabyte restored', price(PRICES.restoredGigabyte)],
    ['a gigabyte of the restored copy for a month', price(PRICES.storedGigabyteHour * 730)],
    ['1,000,000 gigabyte-seconds of Lambda', price(PRICES.lambdaGigabyteSecond * 1e6)],
    ['1,000,000 invocations', price(PRICES.lambdaRequest * 1e6)],
    ['1,000 state transitions', price(PRICES.transition * 1000)],
  ],
};

/**
 * The page with its generated parts anew. Each stands between `<!-- scale: NAME -->` and `<!-- end -->`.
 * @throws Error when the page has a part that is not known, or lacks one.
 */
export function withScale(page: string, model: Model): string {
  const found = new Set<string>();
  const written = page.replaceAll(
    /(?<=<!-- scale: (\w+) -->\n)[^]*?(?=<!-- end -->)/g,
    (_old, name: string) => {
      const part = PARTS[name];
      if (part === undefined) throw new Error(`the page has a part '${name}', which nothing writes`);
      found.add(name);
      return `\n${markdown(part(model))}\n\n`;
    },
  );
  const missing = Object.keys(PARTS).filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`the page has no place for: ${missing.join(', ')}`);
  return written;
}

/** A line for each size: Rewind at each damage, then the known way. */
function bySize(rows: readonly Prediction[], show: (row: Prediction) => string): Table {
  const damages = [...new Set(rows.map(({ damage }) => damage))];
  const cell = (of: (row: Prediction) => boolean): string => {
    const row = rows.find(of);
    return row === undefined ? '' : show(row);
  };
  return [
    ['items', ...damages.map((damage) => `damage ${damage}`), 'delete and copy, as wide', 'one by one'],
    ...sizesOf(rows).map((items) => [
      number(items),
      ...damages.map((damage) =>
        cell((row) => row.items === items && row.name === 'rewind' && row.damage === damage),
      ),
      cell((row) => row.items === items && row.name === 'delete-and-copy, as wide'),
      cell((row) => row.items === items && row.name === 'delete-and-copy'),
    ]),
  ];
}

const sizesOf = (rows: readonly Prediction[]): readonly number[] => [
  ...new Set(rows.map(({ items }) => items)),
];

/** What holds up the phases that grow with the table, in their order. */
const heldUp = ({ bottlenecks }: Prediction): string =>
  [...new Set([bottlenecks.plan, bottlenecks.reset, bottlenecks.verify])].join(', ');

function limits(setting: Setting): Table {
  const { itemBytes, megabytesPerCore, restoreSeconds, longestTimeoutSeconds, functions, mappings } = setting;
  const units = (pair: { readonly read: number; readonly write: number }): string =>
    `${number(pair.read)} read, ${number(pair.write)} write units/s`;
  const percent = (share: number): string => `${share * 100} %`;
  return [
    ['what', 'taken to be'],
    ['an item', `${number(itemBytes)} bytes`],
    [
      'damage',
      `${percent(DAMAGE.changed)} changed, ${percent(DAMAGE.missing)} missing, ${percent(DAMAGE.added)} too many`,
    ],
    ['a core', `${megabytesPerCore} MB/s, both tables counted`],
    ['a partition', units(PARTITION)],
    ['a new on-demand table', units(NEW_TABLE)],
    ['twice as much', `${DOUBLING_SECONDS / 60} minutes after a table was used in full`],
    ['a table, by quota', units(TABLE_QUOTA)],
    ['the restore', duration(restoreSeconds / 60)],
    ['latest restorable time', `${RESTORABLE_LAG_SECONDS / 60} minutes ago`],
    ['longest timeout of a function', `${longestTimeoutSeconds / 60} minutes`],
    ['to be frozen', `${functions} functions, ${mappings} event-source mappings`],
    ['Lambda', `${number(LAMBDA_AT_ONCE)} executions at once`],
    ['StartExecution', `${number(STARTS.bucket)}, and ${number(STARTS.perSecond)} a second`],
    ['state transitions', `${number(TRANSITIONS.bucket)}, and ${number(TRANSITIONS.perSecond)} a second`],
  ];
}

function markdown([head = [], ...rows]: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? ':--' : '--:'))), ...rows.map(line)].join(
    '\n',
  );
}

const number = (value: number): string => value.toLocaleString('en-US');

const price = (dollars: number): string => `$${Number(dollars.toPrecision(6))}`;

/** `12 s`, `4 min`, `1 h 12 min`, `2.3 days`. */
export function duration(minutes: number): string {
  if (minutes < 1) return `${Math.round(minutes * 60)} s`;
  if (minutes < 60) return `${minutes < 10 ? Number(minutes.toFixed(1)) : Math.round(minutes)} min`;
  const whole = Math.round(minutes);
  if (whole < 48 * 60)
    return whole % 60 === 0 ? `${whole / 60} h` : `${Math.floor(whole / 60)} h ${whole % 60} min`;
  const days = minutes / 60 / 24;
  return `${days < 10 ? Number(days.toFixed(1)) : Math.round(days)} days`;
}

/** `$0.05`, `$415`, `$12,552`. */
export function money(dollars: number): string {
  return dollars < 100 ? `$${dollars.toFixed(2)}` : `$${number(Math.round(dollars))}`;
}
