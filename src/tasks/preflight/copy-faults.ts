import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { TablePolicies, textOf } from '../fence/table-policies.ts';
import type { Environment } from '../handler.ts';
import { hasReaders } from '../protect-copy/copy-policy.ts';

export interface AdoptedCopy {
  /** Where the request names the live table: `tables[0].name`. */
  readonly place: string;
  readonly name: string;
  /** What an earlier try has restored of it; undefined when nothing is taken over. */
  readonly copy: TableDescription | undefined;
}

/**
 * Why a copy that is taken over could not be read: its policy is that of the copy of a sensitive table, and its table
 * is not sensitive any more. The other way round `ProtectCopy` puts the policy before the copy is read.
 */
export async function copyFaults(
  { place, name, copy }: AdoptedCopy,
  environment: Environment,
): Promise<string[]> {
  const isSensitive = environment.system.tables.some(
    (known) => known.name === name && known.sensitive === true,
  );
  if (copy?.TableArn === undefined || isSensitive) return [];
  if (!hasReaders(await policyOf(copy.TableArn, environment))) return [];
  return [
    `${place}: ${copy.TableName}, which an earlier try has restored, lets only the functions for sensitive tables ` +
      `read it, and ${name} is not sensitive any more; deploy it with sensitive true again, or, if its copy may be ` +
      'read like the table itself, take the policy away (aws dynamodb delete-resource-policy --resource-arn ' +
      `${copy.TableArn}), and start again`,
  ];
}

/** A policy that cannot be looked at hinders nobody here: if it denies the plan, all is undone. */
async function policyOf(arn: string, environment: Environment): Promise<string | undefined> {
  return textOf(await new TablePolicies(environment).read(arn).catch(() => 'none' as const));
}
