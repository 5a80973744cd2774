/** Whether a Resource is one of these calls (`s3:getObject`), in any partition; a placeholder may be any. */
export const isCallOf = (resource: string, calls: readonly string[]): boolean =>
  resource.startsWith('${') || calls.includes(/^arn:[^:]+:states:::(.*)$/.exec(resource)?.[1] ?? '');
