import type { Engine } from '../../src/rehearsal/aws/dynamodb/engine.ts';
import { LEDGER, LIVE, RESTORED } from './names.ts';
import type { Shape } from './shapes.ts';

/** Makes a live table for items of a shape, its restored copy and a ledger, all empty. */
export async function createTables(engine: Engine, { keys }: Shape): Promise<void> {
  const ledgerKeys = ['pk', 'sk'].map((name) => ({ name, type: 'S' as const }));
  await engine.changeTable('CreateTable', definition(LEDGER, ledgerKeys));
  for (const name of [LIVE, RESTORED]) await engine.changeTable('CreateTable', definition(name, keys));
}

const definition = (TableName: string, keys: Shape['keys']) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: keys.map(({ name }, at) => ({ AttributeName: name, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
  AttributeDefinitions: keys.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
});
