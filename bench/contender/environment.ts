import { LEDGER, LIVE } from '../tables/names.ts';

/** What a deployed function finds in its environment, with DynamoDB at another endpoint. */
export const environmentAt = (endpoint: string): Readonly<Record<string, string>> => ({
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  REWIND_SYSTEM: JSON.stringify({ ledgerTable: LEDGER, tables: [{ name: LIVE }], functions: { names: [] } }),
});
