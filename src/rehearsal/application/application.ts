import {
  CreateTableCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  PutResourcePolicyCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { tableArn } from '../aws/arn.ts';
import type { EmbeddedAws } from '../aws/embedded-aws.ts';
import { type Random, seededRandom } from '../seeded-random.ts';
import { addEventSources } from './event-sources.ts';
import { addFunctions, WRITERS } from './functions.ts';
import { type Item, TABLES, type TableDesign, itemsOf, keyOf, keySchemaOf } from './tables.ts';
import { writeItems } from './write-items.ts';

export interface ApplicationClients {
  readonly dynamodb: DynamoDBClient;
  /** What a container that is no function writes through. */
  readonly container: DynamoDBClient;
  readonly lambda: LambdaClient;
}

export interface ApplicationSize {
  /** Items over all tables. */
  readonly items: number;
  readonly seed: number;
}

/** The application under rehearsal: its tables, its functions, and its users, who go on working. */
export class Application {
  readonly #clients: ApplicationClients;
  readonly #size: ApplicationSize;
  readonly #random: Random;
  /** The container's own, so that the users do the same with it and without it. */
  readonly #stocking: Random;
  #writes = 0;
  #refused = 0;
  #refusedByFences = 0;

  constructor(clients: ApplicationClients, size: ApplicationSize) {
    this.#clients = clients;
    this.#size = size;
    this.#random = seededRandom(size.seed);
    this.#stocking = seededRandom(size.seed);
  }

  /** Writes that reached a table, invocations that a freeze refused, and writes that a table's policy refused. */
  get activity(): { readonly writes: number; readonly refused: number; readonly refusedByFences: number } {
    return { writes: this.#writes, refused: this.#refused, refusedByFences: this.#refusedByFences };
  }

  /** How many items a table is filled with. */
  count(design: TableDesign): number {
    return Math.max(1, Math.round(this.#size.items * design.share));
  }

  /** Makes the tables, with point-in-time recovery, fills them, and registers the functions and what feeds them. */
  async install(aws: EmbeddedAws): Promise<void> {
    for (const design of TABLES) {
      await this.#clients.dynamodb.send(
        new CreateTableCommand({
          TableName: design.name,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: keySchemaOf(design),
          AttributeDefinitions: design.keys.map(({ name, type }) => ({
            AttributeName: name,
            AttributeType: type,
          })),
        }),
      );
      await this.#clients.dynamodb.send(
        new UpdateContinuousBackupsCommand({
          TableName: design.name,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      );
    }
    const [first] = TABLES;
    if (first) await this.#clients.dynamodb.send(new PutResourcePolicyCommand(policyOf(first.name)));
    for (const design of TABLES) await this.#fill(design);
    addFunctions(aws, (writer) => this.#write(writer));
    addEventSources(aws.eventBridge);
  }

  /** A user does something: one writing function is invoked. */
  async use(): Promise<void> {
    const FunctionName = this.#random.pick(WRITERS);
    try {
      await this.#clients.lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
    } catch (error) {
      if ((error as Error).name !== 'TooManyRequestsException') throw error;
      this.#refused += 1;
    }
  }

  /** The container puts an item into one of these tables by itself, without any function. */
  async stock(tables: readonly TableDesign[]): Promise<void> {
    const design = this.#stocking.pick(tables);
    const item = design.item(this.#stocking.below(this.count(design)), this.#stocking);
    try {
      await this.#clients.container.send(new PutItemCommand({ TableName: design.name, Item: item }));
      this.#writes += 1;
    } catch (error) {
      if ((error as Error).name !== 'AccessDeniedException') throw error;
      this.#refusedByFences += 1;
    }
  }

  /**
   * The bad bulk upload: a share of every table's items is overwritten, deleted, or followed by junk.
   * @param fraction of the items, 0 to 1.
   */
  async damage(fraction: number): Promise<{ overwritten: number; deleted: number; junk: number }> {
    const done = { overwritten: 0, deleted: 0, junk: 0 };
    for (const design of TABLES) {
      const random = seededRandom(this.#size.seed + design.name.length);
      const requests = function* (items: Iterable<Item>) {
        for (const item of items) {
          if (random.next() >= fraction) continue;
          const how = random.below(10);
          if (how < 6) {
            done.overwritten += 1;
            yield {
              PutRequest: { Item: { ...keyOf(design, item), note: { S: 'MIGRATED' }, total: { N: '0' } } },
            };
          } else if (how < 8) {
            done.deleted += 1;
            yield { DeleteRequest: { Key: keyOf(design, item) } };
          } else {
            done.junk += 1;
            yield { PutRequest: { Item: { ...item, ...junkKey(design, item) } } };
          }
        }
      };
      await writeItems(
        this.#clients.dynamodb,
        design.name,
        requests(itemsOf(design, this.count(design), this.#size.seed)),
      );
    }
    return done;
  }

  async #fill(design: TableDesign): Promise<void> {
    const requests = function* (items: Iterable<Item>) {
      for (const Item of items) yield { PutRequest: { Item } };
    };
    const items = itemsOf(design, this.count(design), this.#size.seed);
    await writeItems(this.#clients.dynamodb, design.name, requests(items));
  }

  /** What a writing function does: mostly it changes or adds an item, now and then it deletes one. */
  async #write(writer: string): Promise<unknown> {
    const design = TABLES[WRITERS.indexOf(writer)] as TableDesign;
    const index = this.#random.below(this.count(design) + 50);
    const item = design.item(index, this.#random);
    const { dynamodb } = this.#clients;
    if (this.#random.below(10) === 0)
      await dynamodb.send(new DeleteItemCommand({ TableName: design.name, Key: keyOf(design, item) }));
    else await dynamodb.send(new PutItemCommand({ TableName: design.name, Item: item }));
    this.#writes += 1;
    return { written: true };
  }
}

/** What somebody has put on a table, written in their own way: it must come back to the letter. */
const policyOf = (table: string) => ({
  ResourceArn: tableArn(table),
  Policy: JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: {
        Sid: 'Reports',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::123456789012:root'] },
        Action: ['dynamodb:GetItem', 'dynamodb:Query'],
        Resource: tableArn(table),
      },
    },
    null,
    2,
  ),
});

/** The key of an item that was never there: the sort key, or the only key, changed. */
function junkKey(design: TableDesign, item: Item): Item {
  const last = design.keys.at(-1);
  if (last === undefined) throw new Error(`${design.name} has no key`);
  const { name, type } = last;
  if (type === 'S') return { [name]: { S: `${item[name]?.S}#junk` } };
  if (type === 'N') return { [name]: { N: `${item[name]?.N?.replace('.25', '')}.75` } };
  return { [name]: { B: Buffer.concat([item[name]?.B ?? new Uint8Array(), Buffer.from('junk')]) } };
}
