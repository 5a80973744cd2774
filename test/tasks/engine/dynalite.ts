import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { type Engine, clientAt } from './engine.ts';

/** dynalite, in this process. */
export async function startDynalite(): Promise<Engine> {
  // It ships no types.
  const dynalite = createRequire(import.meta.url)('dynalite') as (options: {
    createTableMs: number;
  }) => Server;
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const client = clientAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    client,
    keepsEveryName: false,
    stop: () => {
      client.destroy();
      server.close();
    },
  };
}
