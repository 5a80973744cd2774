import { awsChanges } from '../aws-changes.ts';
import type { World } from '../world.ts';
import type { ServiceFault } from './send-command.ts';

/** The cause of a refusal by a service, as `aws-sdk` integrations word it. */
export function sdkCause(
  { message, $metadata = {} }: Pick<ServiceFault, 'message' | '$metadata'>,
  service: string,
  { asOf }: World,
): string {
  const { httpStatusCode = 400, requestId = unknownRequest, extendedRequestId, attempts = 1 } = $metadata;
  const told = [`Service: ${service}`, `Status Code: ${httpStatusCode}`, `Request ID: ${requestId}`];
  if (extendedRequestId !== undefined) told.push(`Extended Request ID: ${extendedRequestId}`);
  const counted = asOf < awsChanges.sdkAttemptCount ? '' : ` (SDK Attempt Count: ${attempts})`;
  return `${message} (${told.join(', ')})${counted}`;
}

const unknownRequest = '00000000-0000-0000-0000-000000000000';
