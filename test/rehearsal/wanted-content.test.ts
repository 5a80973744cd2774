import { describe, expect, it } from 'vitest';
import { proveTable } from '../../src/rehearsal/proof.ts';
import { wantedContent } from '../../src/rehearsal/wanted-content.ts';
import { minute, putAll, recoverableTable, rehearsedAccount } from './aws/rehearsed-account.ts';

const item = (id: string, of: string, state: string) => ({
  id: { S: id },
  of: { S: of },
  state: { S: state },
  seal: { B: Buffer.from(state) },
});

/** A table that was good, then damaged in what is of `a` and of `b`, then frozen. */
async function damagedTable() {
  const account = await rehearsedAccount();
  const { aws, clock } = account;
  await recoverableTable(account, 'orders');
  await putAll(account, 'orders', [item('1', 'a', 'good'), item('2', 'b', 'good'), item('3', 'a', 'good')]);
  const restorePoint = clock.now();
  clock.pass(minute);
  await putAll(account, 'orders', [item('1', 'a', 'bad'), item('2', 'b', 'bad'), item('4', 'a', 'bad')]);
  const frozenAt = clock.now();
  clock.pass(minute);
  const become = (...items: ReturnType<typeof item>[]) => putAll(account, 'orders', items);
  const states = (only?: Parameters<typeof wantedContent>[1]['only']) => {
    const content = wantedContent(aws, { name: 'orders', only }, { restorePoint, frozenAt });
    return Object.fromEntries([...content.values()].map(({ id, state }) => [id?.['S'], state?.['S']]));
  };
  const proof = (only: Parameters<typeof states>[0]) =>
    proveTable(aws, 'orders', wantedContent(aws, { name: 'orders', only }, { restorePoint, frozenAt }));
  return { become, states, proof };
}

describe('what a table must hold after a recovery', () => {
  it('is what it held at the restore point', async () => {
    const { states } = await damagedTable();
    expect(states()).toEqual({ 1: 'good', 2: 'good', 3: 'good' });
  });

  it('is that for the selected keys alone, and for all others what it held at the freeze', async () => {
    const { states } = await damagedTable();
    expect(states({ where: [{ attribute: 'of', equals: 'a' }] })).toEqual({ 1: 'good', 2: 'bad', 3: 'good' });
    expect(states({ partitionKey: { equals: '4' } })).toEqual({ 1: 'bad', 2: 'bad', 3: 'good' });
  });
});

describe('the proof of a selective recovery', () => {
  const ofA = { where: [{ attribute: 'of', equals: 'a' }] };

  it('minds an item that was to be taken back and was not, and one that was not to be and was', async () => {
    const { become, proof } = await damagedTable();
    expect(await proof(ofA)).toMatchObject({ equal: false, different: 1, extra: 1 });
    await become(item('1', 'a', 'good'), item('2', 'b', 'good'));
    expect(await proof(ofA)).toMatchObject({ equal: false, different: 1, extra: 1 });
  });

  it('is satisfied when what was damaged of the others is still there', async () => {
    const { become, proof } = await damagedTable();
    await become(item('1', 'a', 'good'));
    expect(await proof({ partitionKey: { equals: '1' } })).toMatchObject({ equal: true, items: 4 });
  });
});
