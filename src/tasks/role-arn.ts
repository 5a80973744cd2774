import * as z from 'zod';

export const RoleArn = z.string().regex(/^arn:[^:]+:iam::\d{12}:role\/.+$/, 'must be the ARN of a role');
