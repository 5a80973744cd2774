import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

vi.mock('../../src/workflow/all-workflows.ts', async () => {
  const { begin } = await import('../support/compiled-workflow.ts');
  const { dynamodb } = await import('../support/aws-services.ts');
  const backup = dynamodb.createBackup({ TableName: 't', BackupName: 'b' });
  const risky = begin('Risky')
    .run('kept', () => backup, { retry: [{ errors: ['States.Timeout'] }] })
    .returns(() => ({ value: 1 }));
  return { allWorkflows: [risky] };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rewind-synth-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

it('rewind synth says what is a risk on the error output, and in the report', async () => {
  const listed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await main(['node', 'rewind', 'synth', '--out', folder, '--report']);
  expect(listed).toHaveBeenCalledOnce();
  expect(said.mock.calls.flat()).toEqual([
    expect.stringMatching(
      /^warning: Risky: \/States\/Kept\/Retry\[0\]\/ErrorEquals: States\.Timeout retries a call/,
    ),
  ]);
  const report = JSON.parse(readFileSync(join(folder, 'Risky.report.json'), 'utf8')) as {
    warnings: string[];
  };
  expect(report.warnings).toEqual([expect.stringContaining('States.Timeout retries a call')]);
});
