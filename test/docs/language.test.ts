import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkClaims } from './check-claims.ts';
import { ExampleFolder, type Values } from './example-folder.ts';
import { statementsOfMarkdown } from './statement.ts';

const read = (page: string): string => readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8');
const sectionOf = (markdown: string, title: string): string =>
  markdown.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

describe.each([
  { page: 'docs/language.md', text: read('docs/language.md') },
  { page: 'README.md', text: sectionOf(read('README.md'), 'The language') },
])('$page', ({ text }) => {
  const statements = statementsOfMarkdown(text);
  const claims = statements.flatMap(({ code, ...claims }, index) =>
    Object.keys(claims).length === 0 ? [] : [{ index, title: code.slice(0, 60) }],
  );
  const folder = new ExampleFolder();
  let values: Values;
  beforeAll(async () => {
    folder.write('page', statements);
    values = await folder.load('page');
  }, 60_000);
  afterAll(() => folder.remove());

  it('has code that the type checker accepts', () => {
    expect(folder.typeFaults()).toBe('');
  });

  it('says what its code becomes and gives', () => {
    expect(claims).not.toEqual([]);
  });

  it.each(claims)('$index: $title', async ({ index }) => {
    const [statement, valueOf] = [statements[index], values.get(index)];
    if (statement && valueOf) await checkClaims(statement, valueOf);
    expect(valueOf).toBeDefined();
  });
});
