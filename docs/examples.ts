import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import {
  awsSdk,
  compile,
  equals,
  type SimulationOptions,
  StateFailure,
  task,
  workflow,
} from '../src/dsl/index.ts';

/** An order of a small shop: the input of every example. */
export const Order = z.object({
  id: z.string(),
  customer: z.object({ name: z.string(), email: z.string() }),
  status: z.enum(['open', 'paid', 'shipped']),
  cents: z.number(),
  items: z.array(z.object({ sku: z.string(), count: z.number(), cents: z.number() })).max(50),
  tags: z.array(z.string()),
  express: z.boolean(),
  placedAt: z.string(),
  note: z.string().optional(),
});

/** The one that the examples run with. */
export const order = {
  id: 'o-7',
  customer: { name: 'Ada', email: 'ada@example.com' },
  status: 'open',
  cents: 1250,
  items: [
    { sku: 'tea', count: 2, cents: 400 },
    { sku: 'cup', count: 1, cents: 450 },
  ],
  tags: ['gift', 'fragile'],
  express: true,
  placedAt: '2026-01-01T08:00:00Z',
} as const;

const byOrder = z.object({ order: z.string() });

/** Takes the money. */
export const charge = task('Charge', {
  input: z.object({ order: z.string(), cents: z.number() }),
  output: z.object({ receipt: z.string() }),
  errors: ['CardDeclined'],
  timeout: '1 minute',
});

/** Gives the money back; there may be none to give. */
export const refund = task('Refund', {
  input: byOrder,
  output: z.object({}),
  errors: [],
  timeout: '1 minute',
});

/** Puts one kind of item aside. */
export const reserve = task('Reserve', {
  input: z.object({ sku: z.string(), count: z.number() }),
  output: z.object({ shelf: z.string() }),
  errors: ['OutOfStock'],
  timeout: '1 minute',
});

/** Asks the carrier where a parcel is. */
export const track = task('Track', {
  input: byOrder,
  output: z.object({ state: z.enum(['packed', 'under way', 'delivered', 'lost']) }),
  errors: [],
  timeout: '1 minute',
});

/** Copies a page of old orders and says where the next one begins. */
export const archive = task('Archive', {
  input: z.object({ from: z.string() }),
  output: z.object({ done: z.boolean(), next: z.string() }),
  errors: [],
  timeout: '15 minutes',
});

/** Asks a person, who answers with the token. */
export const ask = task('Ask', {
  input: z.object({ question: z.string(), token: z.string() }),
  output: z.object({}),
  errors: [],
  timeout: '1 minute',
});

/** A child workflow. */
export const ship = workflow('Ship', {
  input: byOrder,
  output: z.object({ parcel: z.string() }),
  errors: ['Lost'],
  timeout: '5 days',
})
  .pollUntil('tracked', ({ input }) => track({ order: input.order }), {
    until: ({ tracked }) => equals(tracked.state, 'delivered'),
    every: '1 hour',
    giveUpAfter: '4 days',
  })
  .returns(({ input }) => ({ parcel: input.order }));

export const dynamodb = awsSdk<DynamoDB, 'DynamoDb'>('dynamodb');

/** What the examples grow from. */
export const flow = workflow('Example', {
  input: Order,
  output: z.unknown(),
  errors: ['OutOfStock', 'NotShipped'],
  timeout: '30 days',
});

/** What stands in for the world when an example runs. */
export function world(): SimulationOptions {
  let tracked = 0;
  let throttled = false;
  return {
    functions: {
      Charge: (given) => {
        const { order, cents } = given as { order: string; cents: number };
        if (cents > 5000) throw Object.assign(new Error('more than 50 €'), { name: 'CardDeclined' });
        return { receipt: `receipt for ${order}` };
      },
      Refund: () => ({}),
      Reserve: (given) => ({ shelf: `shelf of ${(given as { sku: string }).sku}` }),
      Track: () => ({ state: (tracked += 1) < 3 ? 'under way' : 'delivered' }),
      Archive: (given) => {
        const { from } = given as { from: string };
        return { done: from === 'page 3', next: `page ${Number(from.slice(5)) + 1}` };
      },
      Ask: (given, { tokens }) => {
        tokens.sendTaskSuccess((given as { token: string }).token, { approved: true, by: 'Grace' });
        return {};
      },
    },
    machines: { Ship: compile(ship).machine },
    resources: {
      'arn:aws:states:::aws-sdk:dynamodb:describeTable': () => ({
        Table: { TableStatus: 'ACTIVE', ItemCount: 12 },
      }),
      'arn:aws:states:::dynamodb:getItem': () => {
        if (throttled) throw new StateFailure('DynamoDB.ThrottlingException');
        throttled = true;
        return { Item: { name: { S: 'Ada' }, vip: { BOOL: true } } };
      },
      'arn:aws:states:::events:putEvents': () => ({ FailedEntryCount: 0, Entries: [{ EventId: 'e-1' }] }),
      'arn:aws:states:::sns:publish': () => ({ MessageId: 'm-1' }),
      'arn:aws:states:::sqs:sendMessage': () => ({ MessageId: 'm-2', MD5OfMessageBody: '…' }),
      'arn:aws:states:::glue:startJobRun.sync': () => ({ JobRunState: 'SUCCEEDED' }),
    },
    s3: {
      objects: {
        'shop/orders.csv': 'id,cents\no-1,100\no-2,250\n',
        'shop/orders.json': '[{"id": "o-1", "cents": 100}, {"id": "o-2", "cents": 250}]',
        'shop/orders.jsonl': '{"id": "o-1", "cents": 100}\n{"id": "o-2", "cents": 250}\n',
        'shop/in/a.json': '12345',
        'shop/in/b.json': '1',
      },
    },
  };
}
