import type { FunctionConfiguration } from '@aws-sdk/client-lambda';

/** A function as what runs of it: `$LATEST`, and its published versions, which aliases call. */
export interface ListedFunction {
  readonly name: string;
  /** Without a version. */
  readonly arn: string;
  /**
   * The longest of all its versions: each keeps the timeout that it was published with, whatever `$LATEST` has now
   * (Lambda guide, "Manage Lambda function versions").
   */
  readonly timeoutSeconds: number;
  /** Whether any version of it is durable. */
  readonly durable: boolean;
  /** Whether any version of it runs on Lambda Managed Instances. */
  readonly onManagedInstances: boolean;
}

/** The functions that these entries of ListFunctions are versions of, in the order of their first ones. */
export function listedFunctions(versions: readonly FunctionConfiguration[]): ListedFunction[] {
  const functions = new Map<string, ListedFunction>();
  for (const version of versions) {
    const { FunctionName: name = '', Timeout = 0, DurableConfig, CapacityProviderConfig } = version;
    const others = functions.get(name);
    functions.set(name, {
      name,
      arn: withoutVersion(version.FunctionArn),
      timeoutSeconds: Math.max(Timeout, others?.timeoutSeconds ?? 0),
      durable: DurableConfig !== undefined || others?.durable === true,
      onManagedInstances: CapacityProviderConfig !== undefined || others?.onManagedInstances === true,
    });
  }
  return [...functions.values()];
}

/** `arn:aws:lambda:region:account:function:name` has seven parts; a version is the eighth. */
function withoutVersion(arn = ''): string {
  return arn.split(':').slice(0, 7).join(':');
}
