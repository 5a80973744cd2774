import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plot } from '../../../bench/scale/plot.ts';
import { scaleCommand } from '../../../bench/scale/scale-command.ts';
import { duration, money, withScale } from '../../../bench/scale/scale-page.ts';
import { scaleRows } from '../../../bench/scale/scale-rows.ts';
import { SETTING } from '../../../bench/scale/setting.ts';
import { runBench } from '../run-bench.ts';

describe('the command', () => {
  it('writes the documented rows and the plot', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rewind-scale-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const svg = join(folder, 'scale.svg');
    const { bench, rows, setting } = (await runBench(
      scaleCommand(),
      `--items 100000,1000000 --damage 0,0.01 --rate 5 --plot ${svg}`,
    )) as {
      readonly bench: string;
      readonly rows: readonly Record<string, unknown>[];
      readonly setting: { readonly megabytesPerCore: number };
    };
    expect(bench).toBe('scale');
    expect(setting.megabytesPerCore).toBe(5);
    expect(rows.map(({ name, items, damage }) => [name, items, damage])).toEqual(
      [100_000, 1_000_000].flatMap((items) =>
        ['rewind', 'delete-and-copy, as wide', 'delete-and-copy'].flatMap((name) =>
          [0, 0.01].map((damage) => [name, items, damage]),
        ),
      ),
    );
    const phases = ['freeze', 'prepare', 'plan', 'gate', 'reset', 'verify', 'thaw'];
    const used = ['readUnits', 'writeUnits', 'lambdaGigabyteSeconds', 'transitions'];
    for (const row of rows) {
      for (const column of ['minutes', 'dollars', ...phases, ...used])
        expect(row[column]).toEqual(expect.any(Number));
      expect(row.bottleneck).toEqual(expect.any(String));
      expect(Object.keys(row.bottlenecks as object)).toEqual(phases);
    }
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  it.each([
    [['--rate', '0'], 'not a number above 0'],
    [['--rate', 'fast'], 'not a number above 0'],
    [['--damage', '0,2'], 'not a number from 0 to 1'],
    [['--items', '1000,,'], 'not a number above 0'],
  ])('refuses %j', async (args, why) => {
    const command = scaleCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => {} });
    await expect(command.parseAsync(args, { from: 'user' })).rejects.toThrow(why);
  });
});

it('draws each line through all sizes, the greater the time the higher', async () => {
  const rows = await scaleRows({ items: [1e5, 1e6, 1e7], damage: [0, 0.1, 1] }, SETTING);
  const lines = [...plot(rows).matchAll(/<polyline class="line (\w)" points="([^"]*)"/g)].map(
    ([, style, points]) => ({
      style,
      points: (points ?? '').split(' ').map((point) => point.split(',').map(Number)),
    }),
  );
  expect(lines.map(({ style }) => style).join('')).toBe('abcdeabcde');
  for (const { points } of lines) {
    expect(points).toHaveLength(3);
    const [first, second, third] = points.map(([, y]) => y ?? NaN);
    expect(first).toBeGreaterThan(third!);
    expect(second).toBeGreaterThan(third!);
  }
});

describe('the page', () => {
  it.each([
    [0.2, '12 s'],
    [4.04, '4 min'],
    [5.25, '5.3 min'],
    [59, '59 min'],
    [60, '1 h'],
    [72.4, '1 h 12 min'],
    [4 * 24 * 60, '4 days'],
    [347_767, '242 days'],
  ])('shows %d minutes as %s', (minutes, text) => {
    expect(duration(minutes)).toBe(text);
  });

  it.each([
    [0.048, '$0.05'],
    [415.2, '$415'],
    [12_552, '$12,552'],
  ])('shows %d dollars as %s', (dollars, text) => {
    expect(money(dollars)).toBe(text);
  });

  it('refuses a part that nothing writes, and a page that lacks one', () => {
    const model = { rows: [], changes: [] };
    expect(() => withScale('<!-- scale: weather -->\n<!-- end -->', model)).toThrow("a part 'weather'");
    expect(() => withScale('# Performance', model)).toThrow('no place for: time, cost, phases');
  });
});
