import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as lambda from '@aws-sdk/client-lambda';
import * as sfn from '@aws-sdk/client-sfn';
import type { OperationSchema, SdkService } from './sdk-naming.ts';

const PACKAGES: Readonly<Record<SdkService, Readonly<Record<string, unknown>>>> = { dynamodb, lambda, sfn };

/**
 * The model of an action as an integration names it: `('dynamodb', 'describeTable')`.
 * Undefined when the installed client has no such action.
 */
export function operationSchema(service: string, action: string): OperationSchema | undefined {
  const known = Object.hasOwn(PACKAGES, service) ? PACKAGES[service as SdkService] : undefined;
  const schema = known?.[`${action.charAt(0).toUpperCase()}${action.slice(1)}$`];
  return Array.isArray(schema) ? schema : undefined;
}
