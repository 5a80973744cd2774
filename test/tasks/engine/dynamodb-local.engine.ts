import { clientAt } from './engine.ts';
import { resetsTablesOf } from './resets-tables.ts';

// Run by `npm run test:dynamodb-local`, which starts the engine.
resetsTablesOf('DynamoDB Local', async () => {
  const endpoint = process.env.DYNAMODB_LOCAL_ENDPOINT;
  if (endpoint === undefined)
    throw new Error('DYNAMODB_LOCAL_ENDPOINT is not set; npm run test:dynamodb-local does');
  const client = clientAt(endpoint);
  return { client, keepsEveryName: true, stop: () => client.destroy() };
});
