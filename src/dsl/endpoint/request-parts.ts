import * as z from 'zod';
import { DEEPEST, isDeeper } from '../asl/check/nesting.ts';

// Bounds of members that several actions have. Source: Step Functions API reference.

export const arn = z.string().min(1).max(256);
export const longArn = z.string().min(1).max(2000);
export const name = z.string().min(1).max(80);
export const definition = z.string().min(1).max(1_048_576);
/** JSON text. What is nested too deeply is refused here, as it could not be worked on. */
export const payload = z
  .string()
  .max(262_144)
  .refine((text) => !isTooDeep(text), {
    message: `Member must have lists and objects at most ${DEEPEST} levels deep in each other`,
  });

export const errorName = z.string().max(256).optional();
export const cause = z.string().max(32_768).optional();
export const description = z.string().max(256).optional();
export const traceHeader = z
  .string()
  .max(256)
  // oxlint-disable-next-line no-control-regex
  .regex(/^[\x00-\x7F]*$/)
  .optional();
export const includedData = z.enum(['ALL_DATA', 'METADATA_ONLY']).optional();
export const machineType = z.enum(['STANDARD', 'EXPRESS']).optional();
export const taskToken = z.string().min(1).max(2048);

/** 0 means the default, 100. */
export const maxResults = z.int().min(0).max(1000).optional();
export const nextToken = z.string().min(1).max(3096).optional();
export const paging = { maxResults, nextToken };

export const tags = z
  .array(z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256).default('') }))
  .optional();

export const loggingConfiguration = z
  .strictObject({
    level: z.enum(['ALL', 'ERROR', 'FATAL', 'OFF']).optional(),
    includeExecutionData: z.boolean().optional(),
    destinations: z
      .array(
        z.strictObject({
          cloudWatchLogsLogGroup: z.strictObject({ logGroupArn: arn.optional() }).optional(),
        }),
      )
      .optional(),
  })
  .optional();

export const tracingConfiguration = z.strictObject({ enabled: z.boolean().optional() }).optional();

export const encryptionConfiguration = z
  .strictObject({
    type: z.enum(['AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY']),
    kmsKeyId: z.string().min(1).max(2048).optional(),
    kmsDataKeyReusePeriodSeconds: z.int().min(60).max(900).optional(),
  })
  .optional();

export const routingConfiguration = z
  .array(z.strictObject({ stateMachineVersionArn: arn, weight: z.int().min(0).max(100) }))
  .min(1)
  .max(2);

/** A request without an answer worth telling. */
export const nothing = {};

/** What is no JSON is not: each action has an error of its own for that. */
function isTooDeep(text: string): boolean {
  if (text.length <= 2 * DEEPEST) return false;
  try {
    return isDeeper(JSON.parse(text));
  } catch {
    return false;
  }
}
