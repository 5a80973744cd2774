import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { answerMessages } from '../child.ts';
import { measured } from '../contender/spent.ts';
import { deleteAndCopy } from './delete-and-copy.ts';

/** What is asked. */
export interface CopyWork {
  readonly keyNames: readonly string[];
  readonly width: number;
}

const dynamodb = new DynamoDBClient({});

answerMessages(({ keyNames, width }: CopyWork) => measured(() => deleteAndCopy(dynamodb, keyNames, width)));
