import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checksPage } from './checks-page.ts';
import { machinesPage } from './machines-page.ts';
import { apiPage, postmanCollection } from './recovery-api.ts';
import { referencePage } from './reference-page.ts';

const path = (page: string) => fileURLToPath(new URL(`../../${page}`, import.meta.url));

it.each([
  ['docs/reference.md', referencePage],
  ['docs/checks.md', checksPage],
  ['docs/machines.md', machinesPage],
  ['disasterRecovery/api.md', apiPage],
  ['disasterRecovery/rewind.postman_collection.json', postmanCollection],
])('%s is what the code says; npm run docs writes it anew', async (page, text) => {
  const options = await resolveConfig(path(page));
  const formatted = await format(text(), { ...options, filepath: path(page) });
  await expect(formatted).toMatchFileSnapshot(path(page));
});
