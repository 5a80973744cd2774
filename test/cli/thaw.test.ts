import { afterAll, expect, it, onTestFinished } from 'vitest';
import { startEmbeddedAws } from '../../src/rehearsal/aws/embedded-aws.ts';
import { rehearsedClients } from '../../src/rehearsal/rehearsed-clients.ts';
import { deploySystem, rehearsedSystem } from '../../src/rehearsal/rehearsed-system.ts';
import { freezeHandler } from '../../src/tasks/freeze/handler.ts';
import { markWriting, openIncident } from '../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../src/tasks/ledger/ledger.ts';
import { rewindCommand } from '../support/rewind-command.ts';

const { runBeside: thaw, remove } = rewindCommand('thaw');
afterAll(remove);

/** An application of two functions and a mapping on an embedded AWS, frozen by an incident that is being written. */
async function frozenApplication() {
  const clock = { now: () => Date.now(), sleep: async () => {} };
  const aws = await startEmbeddedAws({ clock, mappingSwitchSeconds: 0, limitControlPlane: false });
  onTestFinished(() => aws.close());
  const clients = rehearsedClients(aws.endpoint);
  await deploySystem(aws, clients.dynamodb);
  aws.functions.addFunction({ name: 'shop-get', timeoutSeconds: 30 });
  aws.functions.addFunction({ name: 'shop-put', timeoutSeconds: 30, reservedConcurrency: 7 });
  aws.functions.addMapping({ functionName: 'shop-put', eventSourceArn: 'arn:of:a:queue', enabled: true });
  const system = rehearsedSystem([]);
  const environment = { ...clients, clock, system, deadline: Number.MAX_SAFE_INTEGER };
  const before = aws.functions.snapshot();
  const ledger = ledgerOf(environment, 'bad-upload');
  await openIncident(ledger, '2026-11-22T11:00:00Z');
  await freezeHandler({ incidentId: 'bad-upload' }, environment);
  await markWriting(ledger, new Map(), 'run');
  const there = ['--ledger', system.ledgerTable, '--region', 'us-east-1', '--endpoint', aws.endpoint];
  return { now: () => aws.functions.snapshot(), before, there };
}

it('rewind thaw puts everything back from the ledger, by force where tables are half reset', async () => {
  const { now, before, there } = await frozenApplication();
  const frozen = now();
  expect(frozen).not.toEqual(before);

  const refused = await thaw('bad-upload', ...there);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`thaw it with: npx rewind thaw bad-upload --ledger ${there[1]} --force`);
  expect(now()).toEqual(frozen);

  const thawed = await thaw('bad-upload', '--force', ...there);
  expect(thawed.stderr).toBe('1 of 1 writers are as they were\n1 of 1 consumers are as they were\n');
  expect(thawed.stdout).toContain('2 functions, 1 event-source mappings, 0 pipes, 0 rules, 0 schedules');
  expect(thawed.code).toBe(0);
  expect(now()).toEqual(before);
});
