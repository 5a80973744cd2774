#!/usr/bin/env node
// Compares the compiled state machines, their pictures and reports with the committed ones, byte for byte.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const committed = 'disasterRecovery/asl';
const fresh = mkdtempSync(join(tmpdir(), 'rewind-asl-'));
try {
  const { status } = spawnSync(
    process.execPath,
    ['bin/rewind.js', 'synth', '--graph', 'steps', '--report', '--out', fresh],
    {
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exit(1);
  const names = [...new Set([...readdirSync(fresh), ...readdirSync(committed)])].sort((left, right) =>
    left.localeCompare(right),
  );
  const text = (folder, name) =>
    readdirSync(folder).includes(name) ? readFileSync(join(folder, name), 'utf8') : '';
  const changed = names.filter((name) => text(fresh, name) !== text(committed, name));
  if (changed.length > 0) {
    console.error(
      `${changed.join(', ')}: not what is committed; run 'npm run golden' and review the difference`,
    );
    process.exit(1);
  }
} finally {
  rmSync(fresh, { recursive: true });
}
