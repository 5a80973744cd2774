import * as z from 'zod';

/** What keys and values of tags are made of (Lambda guide, "Using tags on Lambda functions"). */
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const words = "letters, digits, spaces and any of '_.:/=+-@'";

/** Of a tag: 1 to 128 characters. */
export const TagKey = z.string().min(1).max(128).regex(CHARACTERS, words);

/** Of a tag: 0 to 256 characters. */
export const TagValue = z.string().max(256).regex(CHARACTERS, words);

/** Of a CloudFormation stack (API_CreateStack: a letter, then at most 127 letters, digits and hyphens). */
export const StackName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,127}$/, "a stack's name, not its ARN");
