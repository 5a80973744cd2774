import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { allWorkflows } from '../../src/workflow/all-workflows.ts';

let folder: string;
const told: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rewind-synth-'));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  await main(['node', 'rewind', 'synth', '--out', join(folder, 'steps'), '--graph', '--report']);
  await main(['node', 'rewind', 'synth', '--out', join(folder, 'states'), '--graph', 'states']);
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const names = allWorkflows.map(({ workflowName }) => workflowName);
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');

describe('rewind synth', () => {
  it('writes a picture and a report beside each machine when told to', () => {
    const files = names.flatMap((name) => [`${name}.asl.json`, `${name}.report.json`, `${name}.svg`]);
    expect(readdirSync(join(folder, 'steps')).sort()).toEqual(files.sort());
    expect(told).toHaveLength(2 * names.length);
  });

  it('draws the steps by their own names, and all states when asked for them', () => {
    expect(read('steps', 'Rewind.svg')).toMatch(/^<\?xml.*<svg/s);
    expect(read('steps', 'Rewind.svg')).toContain('>sweptBeforeReset<');
    expect(read('steps', 'Rewind.svg')).not.toContain('SweptBeforeReset.Wait');
    expect(read('states', 'Rewind.svg')).toContain('>SweptBeforeReset.Wait<');
  });

  it('reports what the role needs, how near the limits are, and what goes in and out', () => {
    const report = JSON.parse(read('steps', 'RestoreTable.report.json')) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual([
      'name',
      'warnings',
      'permissions',
      'limits',
      'schemas',
      'unchecked',
    ]);
    expect(report).toMatchObject({
      name: 'RestoreTable',
      permissions: [
        {
          actions: expect.arrayContaining(['dynamodb:DescribeTable', 'dynamodb:RestoreTableToPointInTime']),
          resources: [{ kind: 'any' }],
        },
        { actions: ['lambda:InvokeFunction'], resources: [{ kind: 'task', name: 'ProtectCopy' }] },
      ],
      limits: { histories: [{ limit: 25_000 }] },
    });
  });

  it('refuses a detail that there is not', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await main(['node', 'rewind', 'synth', '--out', folder, '--graph', 'everything']);
    expect(process.exitCode).toBe(2);
    process.exitCode = 0;
    expect(said.mock.calls.join('')).toContain('Allowed choices are steps, states');
  });
});
