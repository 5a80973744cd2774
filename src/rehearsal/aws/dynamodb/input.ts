import { z } from 'zod';
import { tableNameOf } from '../arn.ts';
import { AwsError } from '../aws-error.ts';
import type { Fields } from '../json-rpc.ts';

/** A table given by name or ARN; its name is what remains. */
export const tableReference = z
  .string()
  .transform(tableNameOf)
  .pipe(z.string().regex(/^[a-zA-Z0-9_.-]{1,255}$/));

/** The name of something new: a table or a backup. */
export const newName = z.string().regex(/^[a-zA-Z0-9_.-]{3,255}$/);

/** The fields of SSESpecification and its override. */
export const sseSpecification = z.object({
  Enabled: z.boolean().optional(),
  SSEType: z.string().optional(),
  KMSMasterKeyId: z.string().optional(),
});

/** Reads an operation's input. @throws AwsError ValidationException that names each faulty field. */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: Fields): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `'${path.join('.')}': ${message}`);
  const count = faults.length === 1 ? '1 validation error' : `${faults.length} validation errors`;
  throw new AwsError('ValidationException', `${count} detected: ${faults.join('; ')}`);
}
