import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const RULE = 'typescript(strict-boolean-expressions)';
const root = fileURLToPath(new URL('../..', import.meta.url));
const fixture = join(root, 'test/lint/fixtures/bare-reference.ts');

interface Diagnostic {
  readonly code: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

it('refuses a reference or an expression as a condition of JavaScript, and nothing else', () => {
  const refused = readFileSync(fixture, 'utf8')
    .split('\n')
    .flatMap((line, index) => (line.endsWith('// refused') ? [index + 1] : []));
  expect(refused.length).toBeGreaterThan(7);
  expect(
    linted()
      .filter(({ code }) => code === RULE)
      .map(({ labels }) => labels[0]?.span.line),
  ).toEqual(refused);
});

/** What the project's own lint says of the fixture, which the ordinary run passes over. */
function linted(): readonly Diagnostic[] {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-lint-'));
  try {
    const { ignorePatterns, ...rules } = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as {
      ignorePatterns: readonly string[];
    };
    expect(ignorePatterns).toContain('test/lint/fixtures/**');
    writeFileSync(join(folder, 'oxlintrc.json'), JSON.stringify(rules));
    const { stdout } = spawnSync(
      join(root, 'node_modules/.bin/oxlint'),
      ['--config', join(folder, 'oxlintrc.json'), '--format', 'json', fixture],
      { encoding: 'utf8', cwd: root },
    );
    return (JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] }).diagnostics.toSorted(
      (one, other) => (one.labels[0]?.span.line ?? 0) - (other.labels[0]?.span.line ?? 0),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
