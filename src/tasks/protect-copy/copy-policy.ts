import * as z from 'zod';
import { ITEM_WRITES } from '../fence/fenced-policy.ts';

/** How the statement about who may read is told from others. */
const READERS_SID = 'RewindCopyReaders';

/**
 * All that reads items: transactions and batches of PartiQL are authorised by these actions (Service Authorization
 * Reference).
 */
const READS = [
  'dynamodb:BatchGetItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:GetItem',
  'dynamodb:PartiQLSelect',
  'dynamodb:Query',
  'dynamodb:Scan',
];

/**
 * All that makes a further copy of a table or opens a way to one: an index, a stream, point-in-time recovery (guide,
 * "DynamoDB API operations supported by resource-based policies").
 */
const COPIES = [
  'dynamodb:CreateBackup',
  'dynamodb:EnableKinesisStreamingDestination',
  'dynamodb:ExportTableToPointInTime',
  'dynamodb:RestoreTableToPointInTime',
  'dynamodb:UpdateContinuousBackups',
  'dynamodb:UpdateTable',
];

/**
 * The resource policy of a sensitive table's copy, as text. Describing and deleting the table are not denied, nor is
 * changing the policy: whoever owns the account can still clean up.
 * @param copy ARN of the copy.
 * @param readers ARNs of the roles that read on.
 */
export function copyPolicy(copy: string, readers: readonly string[]): string {
  const Resource = [copy, `${copy}/index/*`];
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: READERS_SID,
        Effect: 'Deny',
        Principal: '*',
        Action: READS,
        Resource,
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': readers } },
      },
      {
        Sid: 'RewindCopyFixed',
        Effect: 'Deny',
        Principal: '*',
        Action: [...COPIES, ...ITEM_WRITES],
        Resource,
        // What DynamoDB does in its own name goes on: it is filling the copy.
        Condition: { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
      },
    ],
  });
}

const Policy = z.object({ Statement: z.array(z.object({ Sid: z.string().optional() })) });

/** Whether a table's policy is, or has in it, that of a sensitive table's copy. */
export function hasReaders(policy: string | undefined): boolean {
  const { data } = Policy.safeParse(JSON.parse(policy ?? 'null'));
  return data?.Statement.some(({ Sid }) => Sid === READERS_SID) ?? false;
}
