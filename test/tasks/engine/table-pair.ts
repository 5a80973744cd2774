import { setImmediate } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { compareTablesHandler } from '../../../src/tasks/compare-tables/handler.ts';
import type { Environment, TaskClock } from '../../../src/tasks/handler.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { RecoverySystem } from '../../../src/tasks/recovery-system.ts';
import { RESET_BOUNDS, type ResetBounds } from '../../../src/tasks/reset-segment/reset-bounds.ts';
import { resetOneSegment } from '../../../src/tasks/reset-segment/reset-one-segment.ts';
import { TaskError } from '../../../src/tasks/task-error.ts';
import { verifySegmentHandler } from '../../../src/tasks/verify-segment/handler.ts';
import { wireAnswer } from '../../../src/tasks/wire/wire-answer.ts';
import { KEYS, REQUEST, passedGate } from '../reset-segment/reset-world.ts';
import { canonicalText } from './canonical-text.ts';

export type KeyType = 'S' | 'N' | 'B';

/** A live table. */
interface Shape {
  readonly name: string;
  /** Of its key attributes. */
  readonly types: readonly KeyType[];
  /** Of the attribute `indexed`, which the table then has an index by; default it has none. */
  readonly indexed?: KeyType;
}

/** How the invocations of one reset are cut short. */
export interface Interruptions {
  readonly segments: number;
  readonly bounds?: ResetBounds;
  /** Looks at the clock that an invocation has until its margin begins; default: all it needs. */
  readonly looks?: number;
  /** The calls, counted over all invocations, whose answer is lost: an odd one after its effect. */
  readonly losses?: readonly number[];
}

/** A live table and its restored copy in an engine, with a ledger whose incident has passed its gate. */
export class TablePair {
  readonly live: string;
  readonly restored: string;
  /** Puts and deletes that a reset asked for on the live table. */
  operations = 0;
  /** Invocations of a reset that were killed, and those that stopped at their deadline. */
  readonly cutShort = { killed: 0, stopped: 0 };
  readonly #client: DynamoDBClient;
  #runs = 0;

  private constructor(client: DynamoDBClient, live: string) {
    this.#client = client;
    this.live = live;
    this.restored = `rewind-${live}`;
  }

  static async create(client: DynamoDBClient, { name: live, ...shape }: Shape): Promise<TablePair> {
    const pair = new TablePair(client, live);
    await createTable(client, { name: `${live}-ledger`, types: ['S', 'S'] });
    await createTable(client, { name: live, ...shape });
    await createTable(client, { name: pair.restored, types: shape.types });
    return pair;
  }

  /** Writes items, and deletes those that are given by their key alone. */
  async write(table: string, puts: readonly Item[], deletes: readonly Item[] = []): Promise<void> {
    const requests: WriteRequest[] = [
      ...puts.map((Item) => ({ PutRequest: { Item } })),
      ...deletes.map((Key) => ({ DeleteRequest: { Key } })),
    ];
    for (let start = 0; start < requests.length; start += 25) {
      let open = requests.slice(start, start + 25);
      while (open.length > 0) {
        const answer = await this.#client.send(
          new BatchWriteItemCommand({ RequestItems: { [table]: open } }),
        );
        open = answer.UnprocessedItems?.[table] ?? [];
      }
    }
  }

  /** Every item as one text each, in the order of the texts, however the engine spells and orders it. */
  async content(table: string): Promise<string[]> {
    const texts: string[] = [];
    let after: Record<string, AttributeValue> | undefined;
    do {
      const scan = new ScanCommand({ TableName: table, ExclusiveStartKey: after, ConsistentRead: true });
      const answer = JSON.parse((await wireAnswer(this.#client, scan)).toString()) as {
        readonly Items: readonly object[];
        readonly LastEvaluatedKey?: Item;
      };
      texts.push(...answer.Items.map((item) => canonicalText({ M: item })));
      after = answer.LastEvaluatedKey && keyOfWire(answer.LastEvaluatedKey);
    } while (after !== undefined);
    return texts.toSorted();
  }

  /**
   * A new run that plans every segment, undisturbed, and applies it if that is wanted, to its end, with as many
   * invocations as it takes.
   * @returns all counts.
   */
  async reset(mode: 'plan' | 'apply', interruptions: Interruptions): Promise<Record<string, number>> {
    const run = `${REQUEST.run}-${(this.#runs += 1)}`;
    for (const Item of passedGate(run))
      await this.#client.send(new PutItemCommand({ TableName: this.#ledger, Item }));
    const plan = await this.#work({ run, mode: 'plan' }, { segments: interruptions.segments });
    return mode === 'plan' ? plan : this.#work({ run, mode }, interruptions);
  }

  async #work(
    of: { readonly run: string; readonly mode: 'plan' | 'apply' },
    { segments, bounds = RESET_BOUNDS, looks = Infinity, losses = [] }: Interruptions,
  ): Promise<Record<string, number>> {
    const dynamodb = this.#losing(losses);
    const sum: Record<string, number> = {};
    for (let segment = 0; segment < segments; segment += 1) {
      const request = {
        ...REQUEST,
        ...of,
        table: this.live,
        restoredTable: this.restored,
        segment,
        segments,
      };
      for (;;) {
        const clock = new CountingClock();
        const deadline = clock.now() + bounds.stopMargin + looks;
        try {
          const environment = { ...this.#environment(clock), dynamodb, deadline };
          const { done, counts } = await resetOneSegment(request, environment, bounds);
          if (!done) {
            this.cutShort.stopped += 1;
            continue;
          }
          for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
          break;
        } catch (error) {
          if (!(error instanceof TaskError && error.name === 'Lost')) throw error;
          this.cutShort.killed += 1;
        }
      }
    }
    return sum;
  }

  /** A new verification of both tables. */
  async verify(segments: number): Promise<{ items: number }> {
    const request = { ...REQUEST, run: `${REQUEST.run}-${(this.#runs += 1)}`, segments };
    const environment = () => this.#environment(new CountingClock());
    for (const table of [this.live, this.restored])
      for (let segment = 0; segment < segments; segment += 1)
        await verifySegmentHandler({ ...request, table, segment }, environment());
    return compareTablesHandler(
      { ...request, table: this.live, restoredTable: this.restored },
      environment(),
    );
  }

  get #ledger(): string {
    return `${this.live}-ledger`;
  }

  #environment(clock: TaskClock): Environment {
    const system = { ledgerTable: this.#ledger, tables: [{ name: this.live }], functions: {} };
    return { dynamodb: this.#client, system: RecoverySystem.parse(system), clock, deadline: 15 * 60_000 };
  }

  /** The engine's client, which counts writes and loses the answers of some calls. */
  #losing(losses: readonly number[]): DynamoDBClient {
    let calls = 0;
    const send = async (command: Parameters<DynamoDBClient['send']>[0]) => {
      calls += 1;
      const lost = losses.includes(calls);
      if (lost && calls % 2 === 0) throw Object.assign(new Error('before it began'), { name: 'Lost' });
      if (command instanceof BatchWriteItemCommand)
        this.operations += command.input.RequestItems?.[this.live]?.length ?? 0;
      const answer = await this.#client.send(command);
      if (lost) throw Object.assign(new Error('after its effect'), { name: 'Lost' });
      return answer;
    };
    return Object.create(this.#client, { send: { value: send } }) as DynamoDBClient;
  }
}

/** A clock that shows a millisecond more at each look, so that a deadline cuts at the same place every time. */
class CountingClock implements TaskClock {
  #time = 0;

  now(): number {
    return (this.#time += 1);
  }

  /** Whoever sleeps lets the requests under way go on. */
  async sleep(milliseconds: number): Promise<void> {
    await setImmediate();
    this.#time += milliseconds;
  }
}

async function createTable(client: DynamoDBClient, { name, types, indexed }: Shape): Promise<void> {
  const index = indexed && {
    IndexName: 'by-indexed',
    KeySchema: [{ AttributeName: 'indexed', KeyType: 'HASH' as const }],
    Projection: { ProjectionType: 'ALL' as const },
  };
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: types.map((_, at) => ({ AttributeName: KEYS[at], KeyType: at === 0 ? 'HASH' : 'RANGE' })),
      AttributeDefinitions: [
        ...types.map((AttributeType, at) => ({ AttributeName: KEYS[at], AttributeType })),
        ...(indexed ? [{ AttributeName: 'indexed', AttributeType: indexed }] : []),
      ],
      ...(index ? { GlobalSecondaryIndexes: [index] } : {}),
    }),
  );
  // An engine makes a table at once, and yet after its answer.
  const describe = () => client.send(new DescribeTableCommand({ TableName: name }));
  while ((await describe()).Table?.TableStatus !== 'ACTIVE');
}

/** A key of the wire as the client takes it. */
const keyOfWire = (key: Item): Item =>
  Object.fromEntries(
    Object.entries(key).map(([name, value]) => [
      name,
      value.B === undefined ? value : { B: Buffer.from(value.B as unknown as string, 'base64') },
    ]),
  );
