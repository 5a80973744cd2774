import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import { awsSdk } from '../dsl/authoring/sdk.ts';

/** DynamoDB's actions as calls of a workflow. */
export const dynamodb = awsSdk<DynamoDB, 'DynamoDb'>('dynamodb');
