import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { Lambda } from '@aws-sdk/client-lambda';
import { awsSdk } from '../../src/dsl/authoring/sdk.ts';

export const dynamodb = awsSdk<DynamoDB, 'DynamoDb'>('dynamodb');
export const lambda = awsSdk<Lambda, 'Lambda'>('lambda');
