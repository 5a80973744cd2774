import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allWorkflows } from '../../src/workflow/all-workflows.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rewind-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as a user does, in a process of its own. */
function rewind(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/rewind.js', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder },
  });
  return { status, stdout, stderr };
}

describe('rewind', () => {
  it('shows its commands', () => {
    const { status, stdout } = rewind('--help');
    expect(status).toBe(0);
    for (const command of ['rehearse', 'synth', 'thaw']) expect(stdout).toContain(command);
  });

  it('refuses a command it does not know, and names the way out', () => {
    const { status, stderr } = rewind('recover');
    expect(status).toBe(2);
    expect(stderr).toContain("unknown command 'recover'");
    expect(stderr).toContain('rewind --help');
  });

  it('writes every state machine, equal to the committed one', () => {
    const out = join(folder, 'made', 'here');
    expect(rewind('synth', '--out', out).status).toBe(0);
    expect(readdirSync(out).sort()).toEqual(
      allWorkflows.map(({ workflowName }) => `${workflowName}.asl.json`).sort(),
    );
    for (const name of readdirSync(out))
      expect(readFileSync(join(out, name), 'utf8')).toBe(
        readFileSync(join('disasterRecovery/asl', name), 'utf8'),
      );
  });

  it('refuses to synthesise without being told where to', () => {
    const { status, stderr } = rewind('synth');
    expect(status).toBe(2);
    expect(stderr).toContain("required option '--out <directory>' not specified");
  });

  it.each([
    ['--damage', '2', 'a fraction of the items from 0 to 1'],
    ['--damage', 'half', 'a fraction of the items from 0 to 1'],
    ['--items', '-5', 'a whole number from 10'],
    ['--seed', '1.5', 'a whole number from 0'],
  ])('refuses %s %s in words', (option, value, words) => {
    const { status, stderr } = rewind('rehearse', option, value);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
  });

  it.each([
    [['BAD', '--ledger', 'shop-ledger'], '3 to 32 lower-case letters, digits and single hyphens'],
    [['bad-upload', '--ledger', 'a'], "a table's name: 3 to 255"],
    [['bad-upload'], "required option '--ledger <table>' not specified"],
  ])('refuses to thaw %j, in words', (args, words) => {
    const { status, stderr } = rewind('thaw', ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
  });

  it('rehearses, shows its progress and report, and writes the report as JSON', { timeout: 120_000 }, () => {
    const json = join(folder, 'out.json');
    const { status, stdout } = rewind('rehearse', '--items', '200', '--seed', '7', '--json', json);
    expect(stdout).toContain('RECOVERED');
    expect(status).toBe(0);
    expect(stdout).toMatch(/restore +rewind-shop-orders-\S+ is whole/);
    expect(stdout).toMatch(/verify +shop-readings: equal, \d+ items/);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ succeeded: true, seed: 7 });
  });

  it('refuses a wrong confirmation, naming every table, with nothing touched', () => {
    const json = join(folder, 'refused.json');
    const { status, stdout } = rewind(
      'rehearse',
      '--items',
      '200',
      '--confirm',
      'NoSuchTable',
      '--json',
      json,
    );
    expect(status).toBe(1);
    expect(stdout).toContain('PreflightRefused: nothing was touched; 4 faults:');
    expect(stdout).toContain('does not equal the name shop-counters');
    expect(stdout).toContain('Nothing was touched');
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      succeeded: false,
      frozen: false,
      writesByRecovery: 0,
    });
  });
});
