import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { dynamodb, lambda } from '../../../src/dsl/authoring/sdk.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { equals, filter, map, oneOf } from '../../../src/dsl/expression/operators.ts';
import { begin, number, run, statesOf } from '../../support/compiled-workflow.ts';

const input = { n: 1, list: [] };

describe("an SDK call's names", () => {
  const restored = begin()
    .run('described', () => dynamodb.describeTable({ TableName: 'live' }))
    .run('started', ({ described }) =>
      dynamodb.restoreTableToPointInTime({
        TargetTableName: 'copy',
        SSESpecificationOverride: {
          Enabled: true,
          SSEType: 'KMS',
          KMSMasterKeyId: described.Table.SSEDescription.KMSMasterKeyArn,
        },
      }),
    )
    .returns(({ described }) => ({ value: described.Table.SSEDescription.KMSMasterKeyArn }));

  it("are Step Functions' in what is sent and in what is read", () => {
    const states = statesOf(restored);
    expect(states.Described).toMatchObject({
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:describeTable',
      Assign: { described: '{% $states.result %}' },
    });
    expect(states.Started).toMatchObject({
      Arguments: {
        TargetTableName: 'copy',
        SseSpecificationOverride: {
          Enabled: true,
          SseType: 'KMS',
          KmsMasterKeyId: '{% $described.Table.SseDescription.KmsMasterKeyArn %}',
        },
      },
    });
    expect(states.Return).toEqual({
      Type: 'Succeed',
      Output: { value: '{% $described.Table.SseDescription.KmsMasterKeyArn %}' },
    });
  });

  it('find what the client answers', async () => {
    const client = mockClient(DynamoDBClient);
    const arn = 'arn:aws:kms:us-east-1:123456789012:key/k';
    client.on(DescribeTableCommand).resolves({ Table: { SSEDescription: { KMSMasterKeyArn: arn } } });
    client.onAnyCommand({ TargetTableName: 'copy' }).resolves({});
    const result = await run(restored, input, { clients: { dynamodb: new DynamoDBClient({}) } });
    expect(result.output).toEqual({ value: arn });
    expect(client.calls().at(-1)?.args[0].input).toMatchObject({
      SSESpecificationOverride: { KMSMasterKeyId: arn },
    });
    client.restore();
  });

  const mappings = begin()
    .run('listed', () => lambda.listEventSourceMappings({}))
    .forEach('each', {
      of: ({ listed }) => filter(listed.EventSourceMappings, (one) => oneOf(one.UUID, ['a', 'b'])),
      as: 'mapping',
      atOnce: 1,
      do: (each) =>
        each
          .choose('which', (ways) =>
            ways
              .when(
                'first',
                ({ mapping }) => equals(mapping.UUID, 'a'),
                (way) => way.returns(() => 'the first'),
              )
              .otherwise((way) => way.returns(({ mapping }) => mapping.UUID)),
          )
          .returns(({ which }) => which),
    })
    .returns(({ listed, each }) => ({ value: [map(listed.EventSourceMappings, (one) => one.UUID), each] }));

  it('are theirs in the elements of their lists, too', async () => {
    expect(statesOf(mappings).Each).toMatchObject({
      Items: '{% [$filter($listed.EventSourceMappings, function($each1) { $each1.Uuid in ["a", "b"] })[]] %}',
    });
    const client = mockClient(LambdaClient);
    client
      .on(ListEventSourceMappingsCommand)
      .resolves({ EventSourceMappings: [{ UUID: 'a' }, { UUID: 'b' }, { UUID: 'c' }] });
    const result = await run(mappings, input, { clients: { lambda: new LambdaClient({}) } });
    expect(result.output).toEqual({
      value: [
        ['a', 'b', 'c'],
        ['the first', 'b'],
      ],
    });
    client.restore();
  });

  it('leave the keys of maps, and the fields of tasks, as they are', () => {
    const one = number('One');
    const subject = begin()
      .run('got', () =>
        dynamodb.getItem({
          TableName: 't',
          Key: { userID: { S: 'x' } },
          ExpressionAttributeNames: { '#userID': 'userID' },
        }),
      )
      .run('SSEResult', ({ input }) => one({ n: input.n }))
      .returns(({ got, SSEResult }) => ({ value: [got.Item.userID as never, SSEResult.n] }));
    expect(statesOf(subject).Got).toMatchObject({
      Arguments: { Key: { userID: { S: 'x' } }, ExpressionAttributeNames: { '#userID': 'userID' } },
    });
    expect(statesOf(subject).Return).toMatchObject({
      Output: { value: ['{% $got.Item.userID %}', '{% $SSEResult.n %}'] },
    });
  });

  it('are not mixed up by undos that call different actions', () => {
    const subject = begin()
      .run('first', () => dynamodb.describeLimits({}), {
        undo: () => dynamodb.describeTable({ TableName: 'x' }),
      })
      .run('second', () => dynamodb.describeLimits({}), {
        undo: () => lambda.getFunction({ FunctionName: 'x' }),
      })
      .returns(() => ({ value: 1 }));
    expect(() => statesOf(subject)).not.toThrow();
  });

  it.each([true, false])(
    'refuses two steps of one name whose answers are spelled apart, SDK call first: %s',
    (first) => {
      const one = number('One');
      const subject = begin()
        .choose('way', (ways) => {
          const sdk = ways.when(
            'sdk',
            ({ input }) => equals(input.n, 1),
            (way) =>
              way
                .run('same', () => dynamodb.describeLimits({}))
                .returns(({ same }) => same.AccountMaxReadCapacityUnits),
          );
          const both = (first ? sdk : ways).when(
            'task',
            ({ input }) => equals(input.n, 2),
            (way) => way.run('same', ({ input }) => one({ n: input.n })).returns(({ same }) => same.n),
          );
          return (
            first
              ? both
              : both.when(
                  'sdk',
                  ({ input }) => equals(input.n, 1),
                  (way) => way.run('same', () => dynamodb.describeLimits({})),
                )
          ).otherwise((way) => way);
        })
        .returns(({ way }) => ({ value: way }));
      expect(() => compile(subject)).toThrow(
        "another step named 'same' calls something else; give one of them a new name",
      );
    },
  );

  it('refuses an action that the service does not have', () => {
    const call = (dynamodb as unknown as Record<string, typeof dynamodb.describeLimits>).describeTabel;
    const subject = begin()
      .run('wrong', () => call?.({}) as never)
      .returns(() => ({ value: 1 }));
    expect(() => compile(subject)).toThrow(
      "Wrong: the installed client of 'dynamodb' has no action 'describeTabel'; check its spelling",
    );
  });
});
