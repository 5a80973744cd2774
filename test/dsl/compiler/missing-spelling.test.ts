import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { awsSdk } from '../../../src/dsl/authoring/sdk.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { jsonata } from '../../../src/dsl/expression/jsonata.ts';
import { begin, statesOf } from '../../support/compiled-workflow.ts';

const described = () =>
  begin().run('d', () => awsSdk<DynamoDB, 'DynamoDb'>('dynamodb').describeTable({ TableName: 'orders' }));

it('refuses a hole that holds members which nobody could spell in raw JSONata', () => {
  const subject = described().returns(({ d }) => ({
    value: jsonata<string>`${d.Table}.SSEDescription.Status`,
  }));
  expect(() => compile(subject)).toThrow(
    "'d.Table' is read by raw JSONata, and Step Functions spells its members otherwise",
  );
});

it('spells the path within a hole', () => {
  const subject = described().returns(({ d }) => ({
    value: jsonata<string>`$uppercase(${d.Table.SSEDescription.Status})`,
  }));
  expect(statesOf(subject).Return).toMatchObject({
    Output: { value: '{% $uppercase($d.Table.SseDescription.Status) %}' },
  });
});
