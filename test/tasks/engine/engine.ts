import { type DescribeTableCommandOutput, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Something that speaks DynamoDB's API over HTTP. */
export interface Engine {
  readonly client: DynamoDBClient;
  /** Whether an attribute may have any name that DynamoDB allows. */
  readonly keepsEveryName: boolean;
  stop(): void;
}

/** An ordinary client of the engine at this URL. */
export function clientAt(endpoint: string): DynamoDBClient {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  // No engine knows restores: what DescribeTable says of one is added here.
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const table = (result.output as DescribeTableCommandOutput).Table;
      if (table?.TableName?.startsWith('rewind-'))
        table.RestoreSummary = {
          SourceTableArn: table.TableArn?.replace('rewind-', ''),
          RestoreDateTime: new Date(0),
          RestoreInProgress: false,
        };
      return result;
    },
    { step: 'initialize' },
  );
  return client;
}
