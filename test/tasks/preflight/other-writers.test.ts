import { describe, expect, it } from 'vitest';
import {
  boundedWarnings,
  functionWarnings,
  tableWarnings,
} from '../../../src/tasks/preflight/other-writers.ts';
import { functionArn } from '../../support/lambda-application.ts';
import { tableArn, tableDescription } from '../../support/table-description.ts';

const mapping = (name: string, table: string, qualifier = '') => ({
  UUID: name,
  FunctionArn: functionArn(name) + qualifier,
  EventSourceArn: `${tableArn(table)}/stream/2026-01-01T00:00:00.000`,
});
const nobody = { functions: [], mappings: [] };
const named = (count: number) => Array.from({ length: count }, (_, index) => `blog-${index}`);

describe('what the freeze does not stop', () => {
  it('is nothing where there is nothing', () => {
    expect(tableWarnings(tableDescription('orders'), nobody)).toEqual([]);
    expect(functionWarnings(nobody)).toEqual([]);
  });

  it('are the writers of replicas, by their regions', () => {
    const orders = tableDescription('orders', {
      Replicas: [{ RegionName: 'us-west-2' }, { RegionName: 'eu-west-1' }],
    });
    expect(tableWarnings(orders, nobody)).toEqual([
      expect.stringContaining('orders has replicas (eu-west-1, us-west-2)'),
    ]);
  });

  it("are the functions out of scope that the table's own stream feeds", () => {
    const warnings = tableWarnings(tableDescription('orders'), {
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

  it('are functions by number, ten of them by name', () => {
    expect(functionWarnings({ ...nobody, functions: named(12) })).toEqual([
      expect.stringMatching(/^functions: 12 of .* go on \(blog-0, .*, blog-9 and 2 more\)/),
    ]);
  });

  it('is told in at most 51 lines', () => {
    expect(boundedWarnings(named(50))).toEqual(named(50));
    expect(boundedWarnings(named(120))).toEqual([...named(50), 'and 70 more warnings']);
  });
});
