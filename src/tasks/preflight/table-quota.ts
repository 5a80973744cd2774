import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { isNamed } from '../aws-error.ts';
import type { Environment } from '../handler.ts';

/** Tables that an account may have in a region, unless the quota was raised (guide, "Quotas in Amazon DynamoDB"). */
const USUAL_QUOTA = 2_500;

/**
 * Whether the restored tables may find no room beside the account's others. It is a warning only, since the quota may
 * have been raised: where there are more tables than the usual one allows already, it was, and no more are counted.
 *
 * @param restores tables that the recovery makes.
 */
export async function tableQuotaWarnings(
  restores: number,
  { dynamodb }: Pick<Environment, 'dynamodb'>,
): Promise<string[]> {
  if (restores === 0) return [];
  let tables = 0;
  let after: string | undefined;
  try {
    do {
      const page = await dynamodb.send(new ListTablesCommand({ ExclusiveStartTableName: after }));
      tables += page.TableNames?.length ?? 0;
      after = page.LastEvaluatedTableName;
    } while (after !== undefined && tables <= USUAL_QUOTA);
  } catch (error) {
    if (!isNamed(error, 'AccessDeniedException')) throw error;
    return [];
  }
  if (tables > USUAL_QUOTA || tables + restores <= USUAL_QUOTA) return [];
  return [
    `tables: this account has ${tables} tables in this region and ${restores} are to be restored beside them, more than ` +
      `the ${USUAL_QUOTA} that DynamoDB allows unless the quota was raised; raise it, or delete tables that nobody ` +
      'needs, such as rewind-… of incidents that have ended',
  ];
}
