/** The last part of an execution's ARN: what a person looks for in the console. */
export function executionName(executionArn: string): string {
  return executionArn.slice(executionArn.lastIndexOf(':') + 1);
}
