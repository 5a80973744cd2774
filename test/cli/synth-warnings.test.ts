import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { synthCommand } from '../../src/cli/synth-command.ts';
import { dynamodb } from '../support/aws-services.ts';
import { begin } from '../support/compiled-workflow.ts';

const backup = dynamodb.createBackup({ TableName: 't', BackupName: 'b' });
const risky = begin('Risky')
  .run('kept', () => backup, { retry: [{ errors: ['States.Timeout'] }] })
  .returns(() => ({ value: 1 }));

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
  await synthCommand(async () => [risky]).parseAsync(['--out', folder, '--report'], { from: 'user' });
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
