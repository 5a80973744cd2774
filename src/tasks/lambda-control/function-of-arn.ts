/**
 * The name of the function that an ARN names, a version or alias of it or not; empty for the ARN of anything else.
 * `arn:aws:lambda:region:account:function:name[:version or alias]`
 */
export function functionOfArn(arn: string | undefined): string {
  const [, , service, , , resource, name = ''] = arn?.split(':') ?? [];
  return service === 'lambda' && resource === 'function' ? name : '';
}
