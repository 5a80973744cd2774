import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import type { Ref } from '../../../src/dsl/expression/expression.ts';
import { equals, oneOf } from '../../../src/dsl/expression/comparison.ts';
import { filter, map } from '../../../src/dsl/expression/each.ts';
import { toJson } from '../../../src/dsl/expression/json.ts';
import { ifElse, orElse } from '../../../src/dsl/expression/logic.ts';
import { dynamodb, lambda } from '../../support/aws-services.ts';
import { begin, number, run, statesOf } from '../../support/compiled-workflow.ts';

const input = { n: 1, list: [] };

interface Flags {
  readonly flag: { readonly BOOL: boolean };
}

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
      Assign: {
        described:
          '{% {"Table": {"SseDescription": {"KmsMasterKeyArn": $states.result.Table.SseDescription.KmsMasterKeyArn}}} %}',
      },
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
    .forEach('eachMapping', {
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
    .returns(({ listed, eachMapping }) => ({
      value: [map(listed.EventSourceMappings, (one) => one.UUID), eachMapping],
    }));

  it('are theirs in the elements of their lists, too', async () => {
    expect(statesOf(mappings).EachMapping).toMatchObject({
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

  it('are theirs also inside operators of a request', async () => {
    const subject = begin()
      .run('started', ({ input }) =>
        dynamodb.restoreTableToPointInTime({
          TargetTableName: 'copy',
          SSESpecificationOverride: ifElse(
            equals(input.n, 1),
            { SSEType: 'KMS', KMSMasterKeyId: 'key' },
            { SSEType: 'AES256' },
          ),
        }),
      )
      .returns(() => ({ value: 1 }));
    expect(statesOf(subject).Started).toMatchObject({
      Arguments: {
        TargetTableName: 'copy',
        SseSpecificationOverride:
          '{% ($input.n = 1) ? {"SseType": "KMS", "KmsMasterKeyId": "key"} : {"SseType": "AES256"} %}',
      },
    });
    const client = mockClient(DynamoDBClient);
    client.onAnyCommand().resolves({});
    await run(subject, input, { clients: { dynamodb: new DynamoDBClient({}) } });
    expect(client.calls()[0]?.args[0].input).toMatchObject({
      SSESpecificationOverride: { SSEType: 'KMS', KMSMasterKeyId: 'key' },
    });
    client.restore();
  });

  it('are theirs in what stands for an answer after an error, and the author’s own fields stay', async () => {
    const subject = begin()
      .run('described', () => dynamodb.describeTable({ TableName: 'live' }), {
        recover: {
          errors: ['DynamoDb.ResourceNotFoundException'],
          value: () => ({ Table: { SSEDescription: { SSEType: 'none' } }, sseMissing: true }),
        },
        retry: 'none',
      })
      .returns(({ described }) => ({
        value: [described.Table.SSEDescription.SSEType, described.sseMissing],
      }));
    const client = mockClient(DynamoDBClient);
    client
      .on(DescribeTableCommand)
      .rejects(Object.assign(new Error('no table'), { name: 'ResourceNotFoundException' }));
    const result = await run(subject, input, { clients: { dynamodb: new DynamoDBClient({}) } });
    expect(result.output).toEqual({ value: ['none', true] });
    client.restore();
  });

  it('are theirs in a cursor, and in what stands for the answer of a loop that gave up', async () => {
    const subject = begin()
      .repeatUntil('described', (_scope, table) => dynamodb.describeTable({ TableName: table }), {
        until: ({ described }) => equals(described.Table.SSEDescription.Status, 'ENABLED'),
        atMost: 2,
        cursor: {
          schema: z.string(),
          first: 'one',
          next: ({ described }) => described.Table.SSEDescription.KMSMasterKeyArn,
        },
        recover: {
          errors: ['GaveUp'],
          value: () => ({ Table: { SSEDescription: { Status: 'gave up' } } }),
        },
      })
      .returns(({ described }) => ({ value: described.Table.SSEDescription.Status }));
    const client = mockClient(DynamoDBClient);
    client
      .on(DescribeTableCommand)
      .resolves({ Table: { SSEDescription: { Status: 'UPDATING', KMSMasterKeyArn: 'two' } } });
    const result = await run(subject, input, { clients: { dynamodb: new DynamoDBClient({}) } });
    expect(result.output).toEqual({ value: 'gave up' });
    expect(client.calls().map(({ args }) => args[0].input)).toEqual([
      { TableName: 'one' },
      { TableName: 'two' },
    ]);
    client.restore();
  });

  it('are theirs in a structure that is a cursor, whose author gives the first one', () => {
    const subject = begin()
      .repeatUntil(
        'restored',
        (_scope, encryption) =>
          dynamodb.createTable({
            TableName: 't',
            AttributeDefinitions: [],
            KeySchema: [],
            SSESpecification: encryption,
          }),
        {
          until: ({ restored }) => equals(restored.TableDescription.TableStatus, 'ACTIVE'),
          atMost: 2,
          cursor: {
            schema: z.object({ SSEType: z.enum(['AES256', 'KMS']) }),
            first: { SSEType: 'KMS' },
            next: ({ restored }) => restored.TableDescription.SSEDescription,
          },
        },
      )
      .returns(() => ({ value: 1 }));
    const states = statesOf(subject);
    expect(states['Restored.Begin']).toMatchObject({ Assign: { restored_cursor: { SseType: 'KMS' } } });
    expect(states.Restored).toMatchObject({
      Arguments: { SseSpecification: '{% $restored_cursor %}' },
      Assign: { restored_cursor: expect.stringContaining('$states.result.TableDescription.SseDescription') },
    });
  });

  const found = begin()
    .run('got', () => dynamodb.getItem({ TableName: 't', Key: { id: { S: 'x' } } }))
    .returns(({ got }) => ({ value: (got.Item as unknown as Ref<Flags>).flag.BOOL }));

  it.each(['BOOL', 'Bool'])('find the type of an attribute value under %s', async (type) => {
    const outcome = await run(found, input, {
      resources: {
        'arn:aws:states:::aws-sdk:dynamodb:getItem': () => ({ Item: { flag: { [type]: true } } }),
      },
    });
    expect(outcome.output).toEqual({ value: true });
  });

  describe('of a structure that is passed whole', () => {
    const take = task('Take', {
      input: z.object({ given: z.unknown() }),
      output: z.object({}),
      errors: [],
      timeout: '1 minute',
    });
    const described = () => begin().run('described', () => dynamodb.describeTable({ TableName: 'live' }));

    it('are left as they are between two SDK calls, whose ends are both Step Functions’ own', () => {
      const subject = described()
        .run('created', ({ described: { Table } }) =>
          dynamodb.createTable({
            TableName: 'copy',
            AttributeDefinitions: Table.AttributeDefinitions,
            KeySchema: Table.KeySchema,
            SSESpecification: Table.SSEDescription as never,
          }),
        )
        .returns(() => ({ value: 1 }));
      expect(statesOf(subject).Created).toMatchObject({
        Arguments: {
          TableName: 'copy',
          AttributeDefinitions: '{% $described.Table.AttributeDefinitions %}',
          KeySchema: '{% $described.Table.KeySchema %}',
          SseSpecification: '{% $described.Table.SseDescription %}',
        },
      });
    });

    it('are left as they are when both sides spell them alike', () => {
      const subject = described()
        .run('taken', ({ described: { Table } }) => take({ given: Table.KeySchema }))
        .returns(() => ({ value: 1 }));
      expect(statesOf(subject).Taken).toMatchObject({
        Arguments: { Payload: { given: '{% $described.Table.KeySchema %}' } },
      });
    });

    const spelled = '(SSEDescription is SseDescription, ';

    it('refuses it as a task’s argument', () => {
      const subject = described()
        .run('taken', ({ described: { Table } }) => take({ given: Table }))
        .returns(() => ({ value: 1 }));
      expect(() => compile(subject)).toThrow(
        `Taken: 'described.Table' is passed on whole, and Step Functions spells its members otherwise ${spelled}`,
      );
    });

    it('refuses it as a result', () => {
      const subject = described().returns(({ described: { Table } }) => ({ value: Table }));
      expect(() => compile(subject)).toThrow(`Return: 'described.Table' is passed on whole`);
    });

    it('refuses it behind an operator that hands it on, and as text', () => {
      const behind = described().returns(({ described: { Table } }) => ({
        value: orElse(Table.SSEDescription, {} as never),
      }));
      expect(() => compile(behind)).toThrow(`'described.Table.SSEDescription' is passed on whole`);
      const text = described().returns(({ described: { Table } }) => ({ value: toJson(Table) }));
      expect(() => compile(text)).toThrow("is read by its members' names");
    });

    it('refuses its elements, too', () => {
      const subject = begin()
        .run('listed', () => lambda.listEventSourceMappings({}))
        .forEach('eachMapping', {
          of: ({ listed }) => listed.EventSourceMappings,
          as: 'mapping',
          atOnce: 1,
          do: (each) => each.run('taken', ({ mapping }) => take({ given: mapping })),
        })
        .returns(() => ({ value: 1 }));
      expect(() => compile(subject)).toThrow("EachMapping.Taken: 'mapping' is passed on whole");
    });

    it('refuses one that the SDK did not give where a request spells it otherwise', () => {
      const encryption = z.object({ SSEType: z.enum(['KMS']), KMSMasterKeyId: z.string() });
      const subject = workflow('Subject', { input: encryption, output: z.object({}), timeout: '1 hour' })
        .run('started', ({ input: given }) =>
          dynamodb.restoreTableToPointInTime({ TargetTableName: 'copy', SSESpecificationOverride: given }),
        )
        .returns(() => ({}));
      expect(() => compile(subject)).toThrow(
        "Started.SSESpecificationOverride: 'input' is given whole, and Step Functions spells the members of the " +
          'request otherwise (SSEType is SseType, KMSMasterKeyId is KmsMasterKeyId); ' +
          'write the structure out field by field',
      );
    });
  });

  it('refuses a member that the request does not have, naming its place', () => {
    const subject = begin()
      .run('wrong', () =>
        dynamodb.restoreTableToPointInTime({
          TargetTableName: 'copy',
          SSESpecificationOverride: { SseType: 'KMS' } as never,
        }),
      )
      .returns(() => ({ value: 1 }));
    expect(() => compile(subject)).toThrow(
      "Wrong.SSESpecificationOverride.SseType: the operation has no member 'SseType'; write 'SSEType'",
    );
  });

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
