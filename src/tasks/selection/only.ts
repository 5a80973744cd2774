import * as z from 'zod';

/** As long as the longest key of DynamoDB (ServiceQuotas: 2,048 bytes for a partition key). */
const LONGEST_VALUE = 2048;

const Text = z.string().max(LONGEST_VALUE);
const Decimal = z.string().regex(/^[+-]?(\d{1,130}(\.\d{0,130})?|\.\d{1,130})([eE][+-]?\d{1,3})?$/);
const Base64 = Text.regex(/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);

/**
 * A value to hold attributes against. Plain text stands for a string, `true` and `false` for a boolean, a whole
 * number for a number; everything else is written as DynamoDB writes it. A number with a fraction or many digits
 * must be text (`{ "N": "0.1" }`), because JSON's numbers are floats.
 */
const Value = z.union([
  Text.meta({ description: 'text' }),
  z.boolean(),
  z.int().meta({ description: 'a whole number' }),
  z.strictObject({ S: Text }).meta({ description: 'text as { "S": "…" }' }),
  z.strictObject({ N: Decimal }).meta({ description: 'a number as { "N": "1.5" }' }),
  z.strictObject({ B: Base64 }).meta({ description: 'a binary as { "B": "base64" }' }),
]);
export type Value = z.infer<typeof Value>;

/** Exactly one of the two. */
const KeyCondition = z.strictObject({ equals: Value.optional(), beginsWith: Value.optional() });
export type KeyCondition = z.infer<typeof KeyCondition>;

const AttributeName = z.string().min(1).max(255);

/** A path of maps' keys, joined by dots; as a list when a name itself has a dot. */
const AttributePath = z.union([
  AttributeName.meta({ description: "an attribute's name, or name.of.nested.one" }),
  z.array(AttributeName).min(1).max(32).meta({ description: 'a list of names' }),
]);
export type AttributePath = z.infer<typeof AttributePath>;

/** At least one besides the attribute; all of them must hold. */
const AttributeCondition = z.strictObject({
  attribute: AttributePath,
  equals: Value.optional(),
  beginsWith: Value.optional(),
  atLeast: Value.optional(),
  atMost: Value.optional(),
  exists: z.boolean().optional(),
});
export type AttributeCondition = z.infer<typeof AttributeCondition>;

/**
 * Which items of a table are reset, when not all of them are. At least one condition; all of them must hold.
 * What the values are is data of the application: they stay in an execution's input, never in errors or logs.
 */
export const Only = z.strictObject({
  partitionKey: KeyCondition.optional(),
  sortKey: KeyCondition.optional(),
  where: z.array(AttributeCondition).min(1).max(10).optional(),
  /** Items whose attribute is not before `since`, and those that were deleted. */
  changedSince: z.strictObject({ attribute: AttributePath, since: Value }).optional(),
});
export type Only = z.infer<typeof Only>;
