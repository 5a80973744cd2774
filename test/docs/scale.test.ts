import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { beforeAll, expect, it } from 'vitest';
import { changes } from '../../bench/scale/changes.ts';
import { plot } from '../../bench/scale/plot.ts';
import { GRID, scaleRows } from '../../bench/scale/scale-rows.ts';
import { withScale } from '../../bench/scale/scale-page.ts';
import { SETTING } from '../../bench/scale/setting.ts';

const path = (page: string) => fileURLToPath(new URL(`../../docs/${page}`, import.meta.url));
const page = path('performance.md');

let model: Parameters<typeof withScale>[1];
beforeAll(async () => {
  model = { rows: await scaleRows(GRID, SETTING), changes: await changes(SETTING) };
}, 300_000);

it('docs/performance.md has what the model says; npm run docs writes it anew', async () => {
  const options = await resolveConfig(page);
  const text = withScale(readFileSync(page, 'utf8'), model);
  await expect(await format(text, { ...options, filepath: page })).toMatchFileSnapshot(page);
});

it('docs/scale.svg shows it', async () => {
  await expect(plot(model.rows)).toMatchFileSnapshot(path('scale.svg'));
});
