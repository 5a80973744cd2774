import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

/** How the statement of a write fence is told from a policy's own ones. */
export const FENCE_SID = 'RewindWriteFence';

/** DynamoDB's limit of a resource policy, white space included (guide, "Resource-based policy considerations"). */
export const POLICY_BYTES = 20 * 1024;

/**
 * All that changes items: transactions and batches of PartiQL are authorised by these actions (Service
 * Authorization Reference). Nothing about tables or policies is denied, so that a fence can always be lowered.
 */
export const ITEM_WRITES = [
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
];

/** Replication between the replicas of a global table; denied, it would fail (guide, as above). */
const REPLICATION =
  'role/aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication';

export interface Fence {
  /** ARN of the table. */
  readonly table: string;
  /** ARN of the role that may write on: that of the function which resets. */
  readonly writer: string;
}

const Policy = z.looseObject({ Statement: z.unknown() });

/** A policy with the fence in it, as text; of a table without a policy, the fence alone. */
export function fencedPolicy(before: string | undefined, fence: Fence): string {
  if (before === undefined)
    return JSON.stringify({ Version: '2012-10-17', Statement: [fenceStatement(fence)] });
  const policy = Policy.parse(JSON.parse(before));
  return JSON.stringify({ ...policy, Statement: [...statementsOf(before), fenceStatement(fence)] });
}

/**
 * Whether there is a fence in a policy, whatever else is.
 * @param writer ARN of a role: only a fence that lets this one write on counts; default any.
 */
export function hasFence(policy: string | undefined, writer?: string): boolean {
  return statementsOf(policy).some(
    (statement) => isFence(statement) && (writer === undefined || writersOf(statement).includes(writer)),
  );
}

/**
 * A policy as it would be without the fence, to the letter where there is none; undefined when it would say nothing.
 */
export function withoutFence(policy: string | undefined): string | undefined {
  if (policy === undefined || !hasFence(policy)) return policy;
  const rest = statementsOf(policy).filter((statement) => !isFence(statement));
  return rest.length === 0
    ? undefined
    : JSON.stringify({ ...Policy.parse(JSON.parse(policy)), Statement: rest });
}

/** Whether two policies say the same; IAM reads a list of one like that one, and the order of fields not at all. */
export function isSamePolicy(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one === other || isDeepStrictEqual(plain(JSON.parse(one)), plain(JSON.parse(other)));
}

function fenceStatement({ table, writer }: Fence) {
  const partition = writer.split(':')[1];
  const account = table.split(':')[4];
  return {
    Sid: FENCE_SID,
    Effect: 'Deny',
    Principal: '*',
    Action: ITEM_WRITES,
    Resource: table,
    Condition: {
      ArnNotEquals: { 'aws:PrincipalArn': [writer, `arn:${partition}:iam::${account}:${REPLICATION}`] },
      // What DynamoDB does in its own name, such as time to live, goes on.
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  };
}

function isFence(statement: unknown): boolean {
  return z.object({ Sid: z.literal(FENCE_SID) }).safeParse(statement).success;
}

const Writers = z.object({
  Condition: z.object({
    ArnNotEquals: z.object({ 'aws:PrincipalArn': z.union([z.string(), z.array(z.string())]) }),
  }),
});

function writersOf(fence: unknown): string[] {
  const { data } = Writers.safeParse(fence);
  return data === undefined ? [] : [data.Condition.ArnNotEquals['aws:PrincipalArn']].flat();
}

function statementsOf(policy: string | undefined): unknown[] {
  return policy === undefined ? [] : [Policy.parse(JSON.parse(policy)).Statement].flat();
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? plain(value[0]) : value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
