import { iamAction } from '../../asl/iam-action.ts';
import type { Template } from '../../expression/expression.ts';
import type { Call, TaskError } from '../call.ts';
import type { CallTarget } from '../sdk.ts';
import { integrationCall, writtenOut } from './integration-call.ts';

/** A value as DynamoDB spells it, under the name of its type: `{ S: 'text' }`, `{ N: '1' }`, `{ BOOL: true }`. */
export interface ItemValue {
  readonly S?: string;
  /** A number as text. */
  readonly N?: string;
  /** Base64 text. */
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: true;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly L?: readonly ItemValue[];
  readonly M?: { readonly [name: string]: ItemValue };
}

/**
 * An item as DynamoDB spells it. Name it for the parameter of a function that writes items.
 *
 * @example
 * const keyOf = (id: Expression<string>): Template<Item> => ({ id: { S: id } });
 * flow
 *   .run('found', ({ input }) => dynamodbItems.getItem({ TableName: 'customers', Key: keyOf(input.id) }))
 *   .returns(({ found }) => exists(found.Item)); // → true
 */
export interface Item {
  readonly [attribute: string]: ItemValue;
}

interface Expressions {
  readonly ExpressionAttributeNames?: { readonly [name: string]: string };
  readonly ExpressionAttributeValues?: Item;
}

interface Write extends Expressions {
  /** A name or an ARN. */
  readonly TableName: string;
  /** The write happens only when this holds; else it fails with `DynamoDB.ConditionalCheckFailedException`. */
  readonly ConditionExpression?: string;
}

export interface GetItemRequest {
  /** A name or an ARN. */
  readonly TableName: string;
  readonly Key: Item;
  /** Whether every write before is seen; default false. */
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [name: string]: string };
}

export interface PutItemRequest extends Write {
  readonly Item: Item;
  readonly ReturnValues?: 'NONE' | 'ALL_OLD';
}

export interface UpdateItemRequest extends Write {
  readonly Key: Item;
  readonly UpdateExpression: string;
  readonly ReturnValues?: 'NONE' | 'ALL_OLD' | 'UPDATED_OLD' | 'ALL_NEW' | 'UPDATED_NEW';
}

export interface DeleteItemRequest extends Write {
  readonly Key: Item;
  readonly ReturnValues?: 'NONE' | 'ALL_OLD';
}

/** A value as it is answered: of its fields exactly one is there. */
export interface FoundValue extends Required<Omit<ItemValue, 'L' | 'M'>> {
  readonly L: readonly FoundValue[];
  readonly M: { readonly [name: string]: FoundValue };
}

export interface FoundItem {
  /** Missing when there is no such item. */
  readonly Item?: { readonly [attribute: string]: FoundValue };
}

export interface WrittenItem {
  /** What `ReturnValues` asked for; missing when there was nothing. */
  readonly Attributes?: { readonly [attribute: string]: FoundValue };
}

type ItemError = `DynamoDB.${string}` | TaskError;

const action =
  <Request, Out>(name: string) =>
  (request: Template<Request>, target: CallTarget = {}): Call<Out, ItemError> =>
    integrationCall(`dynamodb:${name}`, request, {
      action: iamAction('dynamodb', name),
      on: writtenOut(request, 'TableName'),
      ...target,
    });

/**
 * Single items, `arn:aws:states:::dynamodb:<action>`. Better than the SDK integration for items because it
 * answers with the types of attribute values as DynamoDB spells them (`BOOL`, `NULL`, `SS`); the SDK
 * integration may answer `Bool`, `Nul` and `Ss`. Its errors begin with `DynamoDB.`, the SDK integration's
 * with `DynamoDb.`. It cannot wait for a task token. Source: "Perform DynamoDB CRUD operations with Step
 * Functions".
 *
 * @example
 * ```ts
 * flow
 *   .run('found', () => dynamodbItems.getItem({ TableName: 'customers', Key: { id: { S: 'c-1' } } }))
 *   .returns(({ found }) => ({ customer: found.Item })); // → { "customer": { "name": { "S": "Ada" }, "vip": { "BOOL": true } } }
 * ```
 * ```json
 * {
 *   "Found": {
 *     "Resource": "arn:aws:states:::dynamodb:getItem",
 *     "Arguments": { "TableName": "customers", "Key": { "id": { "S": "c-1" } } },
 *     "…": "…"
 *   }
 * }
 * ```
 */
export const dynamodbItems = {
  getItem: action<GetItemRequest, FoundItem>('getItem'),
  putItem: action<PutItemRequest, WrittenItem>('putItem'),
  updateItem: action<UpdateItemRequest, WrittenItem>('updateItem'),
  deleteItem: action<DeleteItemRequest, WrittenItem>('deleteItem'),
};
