import { describe, expect, it } from 'vitest';
import { functionWarnings, tableWarnings } from '../../../src/tasks/survey/other-writers.ts';
import { functionArn } from '../../support/lambda-application.ts';
import { tableArn, tableDescription } from '../../support/table-description.ts';

const stream = (table: string) => `${tableArn(table)}/stream/2026-01-01T00:00:00.000`;
const mapping = (name: string, table: string, qualifier = '') => ({
  UUID: name,
  FunctionArn: functionArn(name) + qualifier,
  EventSourceArn: stream(table),
});
const nobody = { functions: [], mappings: [], pipes: [] };
const surveyed = (different = {}, kinesisStreams: readonly string[] = []) => ({
  name: 'orders',
  description: { seen: tableDescription('orders', different) },
  kinesisStreams: { seen: kinesisStreams },
  legacyReplica: { seen: false },
});

describe('what the freeze does not stop', () => {
  it('is nothing where there is nothing', () => {
    expect(tableWarnings(surveyed(), nobody)).toEqual([]);
    expect(functionWarnings([])).toEqual([]);
  });

  it('are the writers of replicas, by their regions', () => {
    const orders = surveyed({ Replicas: [{ RegionName: 'us-west-2' }, { RegionName: 'eu-west-1' }] });
    expect(tableWarnings(orders, nobody)).toEqual([
      expect.stringContaining('orders has replicas (eu-west-1, us-west-2)'),
    ]);
  });

  it("are the functions out of scope that the table's own stream feeds", () => {
    const warnings = tableWarnings(surveyed(), {
      ...nobody,
      functions: ['search', 'audit'],
      mappings: [
        mapping('search', 'orders', ':live'),
        mapping('audit', 'orders-archive'),
        mapping('shop-a', 'orders'),
        { UUID: 'kafka', FunctionArn: functionArn('audit') },
      ],
    });
    expect(warnings).toEqual([
      expect.stringContaining('the stream of orders feeds search, which the freeze'),
    ]);
  });

  it("are the pipes that the table's own stream feeds, and the Kinesis streams that get its changes", () => {
    const pipes = [
      { Name: 'to-search', Source: stream('orders') },
      { Name: 'of-another', Source: stream('orders-archive') },
      { Name: 'of-a-queue', Source: 'arn:aws:sqs:us-east-1:123456789012:orders' },
    ];
    expect(tableWarnings(surveyed({}, ['analytics']), { ...nobody, pipes })).toEqual([
      expect.stringContaining('the stream of orders feeds the pipes to-search (EventBridge Pipes)'),
      expect.stringContaining('orders streams to Kinesis (analytics)'),
    ]);
  });

  it('is not told of a table that is not there', () => {
    const gone = {
      name: 'gone',
      description: { seen: undefined },
      kinesisStreams: { seen: [] },
      legacyReplica: { seen: false },
    };
    const mappings = [{ UUID: 'search', FunctionArn: functionArn('search'), EventSourceArn: '/stream/x' }];
    expect(tableWarnings(gone, { ...nobody, functions: ['search'], mappings })).toEqual([]);
  });

  it('are functions by number, ten of them by name', () => {
    const named = Array.from({ length: 12 }, (_, index) => `blog-${index}`);
    expect(functionWarnings(named)).toEqual([
      expect.stringMatching(/^functions: 12 of .* go on \(blog-0, .*, blog-9 and 2 more\)/),
    ]);
  });
});
