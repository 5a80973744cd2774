import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import { errorName } from '../../src/tasks/aws-error.ts';
import { LEDGER_TABLE } from './ledger-table.ts';
import type { MemoryLedger } from './memory-ledger.ts';
import { type CommandMock, quickClient } from './quick-client.ts';

/** To a mock all commands are alike. */
const COMMANDS = [
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
] as unknown as readonly (new (input: object) => GetItemCommand)[];

/** A real engine beside a ledger in memory. */
export interface Mirror {
  /** With an empty ledger table. */
  readonly engine: DynamoDBClient;
  /** What the two have not answered alike. */
  readonly mismatches: string[];
}

/** Has a mocked client answer for a ledger in memory, and a real engine do the same beside it, call by call. */
export function serveMirrored(mock: CommandMock, ledger: MemoryLedger, { engine, mismatches }: Mirror): void {
  const memory = quickClient('the ledger');
  ledger.serve(memory.mock);
  let turn: Promise<unknown> = Promise.resolve();
  for (const Command of COMMANDS)
    mock.on(Command, { TableName: LEDGER_TABLE }).callsFake((input) => {
      const command = new Command(input);
      const answered = turn.then(async () => {
        const [own, real] = await Promise.allSettled([
          memory.client.send(command as never),
          engine.send(command),
        ]);
        if (!isDeepStrictEqual(told(own), told(real)))
          mismatches.push(`${Command.name}: ${JSON.stringify(input)}`);
        if (own.status === 'rejected') throw own.reason;
        return own.value;
      });
      turn = answered.catch(() => {});
      return answered;
    });
}

/** What of an answer the tasks look at. */
function told(answer: PromiseSettledResult<unknown>): object {
  if (answer.status === 'rejected') return { error: errorName(answer.reason) };
  const { Item, Items } = answer.value as { Item?: object; Items?: object };
  return { Item, Items };
}
