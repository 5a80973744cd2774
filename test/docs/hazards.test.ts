import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync('docs/hazards.md', 'utf8');

test('every hazard from H1 to H32 has a row', () => {
  const told = [...page.matchAll(/^\| \*\*H(\d+)\*\*/gm)].map(([, number]) => Number(number));
  expect(told.sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
});

test('every file that answers a hazard or proves it is there', () => {
  const files = [...page.matchAll(/`((?:src|test|infra|disasterRecovery)\/[^`]+)`/g)].map(
    ([, file]) => file ?? '',
  );
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => !existsSync(file.replace(/\/\*.*/, '')))).toEqual([]);
});

test('every section of the runbook that is named is there', () => {
  const runbook = readFileSync('disasterRecovery/README.md', 'utf8');
  const sections = new Set([...page.matchAll(/\("([^"]+)"\)/g)].map(([, section]) => section));
  expect(sections.size).toBeGreaterThan(3);
  for (const section of sections) expect(runbook).toContain(`## ${section}\n`);
});
