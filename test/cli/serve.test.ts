import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateStateMachineCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, describe, expect, it } from 'vitest';
import { rewindCommand } from '../support/rewind-command.ts';
import { echo, roleArn } from '../support/served-endpoint.ts';

const { folder, file, run: serve, remove } = rewindCommand('serve');
afterAll(remove);

/** The command, once it has said that it is ready. */
async function ready(...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, ['bin/rewind.js', 'serve', '--port', '0', ...args], {
    env: { PATH: process.env.PATH, HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, warned] = ['', ''];
  child.stderr?.on('data', (chunk: Buffer) => (warned += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.on('exit', () => reject(new Error(`it ended: ${warned}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, found] = /^Step Functions API at (http:\S+)[^]*\n$/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const client = new SFNClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const stop = (signal: NodeJS.Signals) =>
    new Promise<number | null>((resolve) => {
      child.removeAllListeners('exit');
      child.on('exit', (code) => resolve(code));
      client.destroy();
      child.kill(signal);
    });
  return { client, said: () => said, warned: () => warned, stop };
}

describe('rewind serve', () => {
  it('serves until it is told to stop, and keeps what there is in its folder', async () => {
    const data = join(folder, 'data');
    const first = await ready('--data', data, '--region', 'eu-central-1', '--account', '111122223333');
    expect(first.said()).toContain(`kept in ${data}`);
    expect(first.said()).toContain(
      'aws stepfunctions list-state-machines --region eu-central-1 --endpoint-url',
    );
    expect(first.warned()).toBe('');
    const definition = JSON.stringify(echo);
    const { stateMachineArn } = await first.client.send(
      new CreateStateMachineCommand({ name: 'M', definition, roleArn }),
    );
    expect(stateMachineArn).toBe('arn:aws:states:eu-central-1:111122223333:stateMachine:M');
    expect(await first.stop('SIGTERM')).toBe(0);
    const second = await ready('--data', data, '--time', 'virtual');
    const { stateMachines } = await second.client.send(new ListStateMachinesCommand({}));
    expect(stateMachines).toHaveLength(1);
    expect(await second.stop('SIGINT')).toBe(0);
  });

  it('refuses a port that is taken, and says what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { status, stderr } = serve('--port', String(port));
    other.close();
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `rewind: 127.0.0.1:${port} is taken by another process; stop it, or give another --port (0 for any free one)\n`,
    });
  });

  it.each([
    ['a port that is none', ['--port', '70000'], { status: 2, words: 'Give a whole number from 0 to 65535' }],
    ['an account of other digits', ['--account', '12'], { status: 2, words: 'An account has twelve digits' }],
    ['a time that is none', ['--time', 'fast'], { status: 2, words: 'Allowed choices are real, virtual' }],
    [
      'an endpoint without a service',
      ['--endpoint', 'http://127.0.0.1:8000'],
      { status: 2, words: 'Write it as service=url' },
    ],
    [
      'a service without a client',
      ['--endpoint', 'none=http://127.0.0.1:8000'],
      { status: 1, words: 'npm install --save-dev @aws-sdk/client-none' },
    ],
    [
      'an address that is not here',
      ['--host', '203.0.113.1'],
      { status: 1, words: 'warning: 203.0.113.1 is open to others' },
    ],
    ['mocks that are no JSON', ['--mocks', file('mocks.json', '{')], { status: 1, words: 'it is no JSON' }],
  ])('refuses %s in words', (_what, args, refusal) => {
    const { status, stderr } = serve('--port', '0', ...args);
    expect({ status, stderr }).toEqual({
      status: refusal.status,
      stderr: expect.stringContaining(refusal.words),
    });
    expect(stderr).not.toContain('    at ');
  });
});
