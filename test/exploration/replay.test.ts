import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { replayCommand, usualCalls } from './cases.ts';
import { faultsAt, faultText, parseFault } from './fault.ts';

/** Runs the words of a command that a failure prints. */
function run(command: string) {
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const { stdout, status } = spawnSync('npm', words.slice(1), { encoding: 'utf8' });
  return { stdout, status };
}

describe('a fault', () => {
  it('is read as it is written, whatever call it strikes', async () => {
    const faults = (await usualCalls('guarded')).flatMap(faultsAt);
    expect(faults.map((fault) => parseFault(faultText(fault)))).toEqual(faults);
  });

  it.each(['killed', 'killed@PutItem', 'killed@PutItem#0', 'struck@PutItem#1', ' killed@PutItem#1'])(
    'is refused with what one looks like: %s',
    (text) => {
      expect(() => parseFault(text)).toThrow(/is no fault; write one like apply-lost@BatchWriteItem#3/);
    },
  );
});

describe('the command that replays a case', () => {
  it('runs it again and tells how it ended', { timeout: 60_000 }, () => {
    const fault = parseFault('stopped@BatchWriteItem#1');
    const { stdout, status } = run(
      replayCommand({
        variant: 'plain',
        faults: [fault],
        meanwhile: ['write', 'strict-run'],
        remedy: 'redrive',
        seed: 7,
      }),
    );
    expect(stdout).toContain('the recovery ended ABORTED Stopped by hand');
    expect(stdout).toContain('no invariant is broken');
    expect(status).toBe(0);
  });

  it('tells which invariants are broken, and ends with 1', { timeout: 60_000 }, () => {
    const { stdout, status } = run("npm run explore -- --twin 'a thaw that forgets one function'");
    expect(stdout).toContain('S1 not all is as it was: shop-mail');
    expect(status).toBe(1);
  });

  it('tells of a fault that has met no call', { timeout: 60_000 }, () => {
    const { stdout, status } = run("npm run explore -- --fault 'killed@PutItem#9999'");
    expect(stdout).toContain('killed@PutItem#9999 has not struck: there was no such call');
    expect(status).toBe(1);
  });
});
