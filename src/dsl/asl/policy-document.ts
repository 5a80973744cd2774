import type { Json } from './machine.ts';

/**
 * An IAM policy as JSON: what a role's inline policy holds.
 *
 * @example
 * const reading: PolicyDocument = {
 *   Version: '2012-10-17',
 *   Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' }],
 * };
 */
export interface PolicyDocument {
  /** Policy variables (`${aws:PrincipalAccount}`) are variables only in `2012-10-17`. */
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

/**
 * A statement of an identity's policy: with Action or NotAction, and with Resource or NotResource.
 *
 * @example
 * const neverDelete: PolicyStatement = { Effect: 'Deny', Action: 'dynamodb:Delete*', Resource: '*' };
 */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  /** By operator (`StringEquals`), then by condition key. */
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: Json } };
}
