import type { SdkClient } from '../../asl/sdk-model.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import type { IntegrationCall } from './integration.ts';
import type { SdkOperation } from './sdk-operation.ts';

/** What the SDK throws when a service refuses a request. */
export interface ServiceFault {
  readonly name: string;
  readonly message: string;
  /** The API's own name of the error, where it differs from the SDK's. */
  readonly Code?: string;
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    /** S3's second one. */
    readonly extendedRequestId?: string;
    readonly attempts?: number;
  };
}

interface Sending {
  readonly client: SdkClient;
  readonly operation: SdkOperation;
  readonly request: unknown;
  /** What the task fails with when the service refuses. */
  readonly failure: (fault: ServiceFault) => StateFailure;
}

/**
 * Sends a command through a client, real or mocked, and returns the response without its metadata. A StateFailure of a
 * mocked client fails the task with exactly that error and cause, as for what no service says: a lost connection.
 * @throws SimulationError when the client answers with nothing, as an incomplete mock does.
 */
export async function sendCommand(
  { stateName, resource, signal }: IntegrationCall,
  { client, operation, request, failure }: Sending,
): Promise<object> {
  let response: unknown;
  try {
    response = await client.send(new operation.Command(request), { abortSignal: signal });
  } catch (fault) {
    throw fault instanceof SimulationError || fault instanceof StateFailure
      ? fault
      : failure(fault as ServiceFault);
  }
  if (typeof response !== 'object' || response === null)
    throw new SimulationError(
      `state '${stateName}': the client answered ${resource.resourceType.replace('aws-sdk:', '')}:${resource.action} ` +
        'with nothing; give its mock a reply for this command',
    );
  const { $metadata: _metadata, ...members } = response as { $metadata?: unknown };
  return members;
}
