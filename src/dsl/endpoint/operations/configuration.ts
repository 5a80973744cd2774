import type * as z from 'zod';
import type { Revision } from '../catalog/state-machine.ts';
import type * as part from '../request-parts.ts';
import { ServiceError } from '../service-error.ts';

type Configuration = Pick<
  Revision,
  'loggingConfiguration' | 'tracingConfiguration' | 'encryptionConfiguration'
>;

/** What Step Functions takes where nothing is said. */
const defaults: Configuration = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
  encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
};

interface Given {
  readonly loggingConfiguration?: z.output<typeof part.loggingConfiguration>;
  readonly tracingConfiguration?: z.output<typeof part.tracingConfiguration>;
  readonly encryptionConfiguration?: z.output<typeof part.encryptionConfiguration>;
}

/**
 * How a machine is configured. It is kept and told; nothing is logged, traced or encrypted.
 * @param otherwise what holds for what is not given.
 * @throws ServiceError InvalidLoggingConfiguration, InvalidEncryptionConfiguration
 */
export function configured(given: Given, otherwise: Configuration = defaults): Configuration {
  return {
    loggingConfiguration: logging(given.loggingConfiguration) ?? otherwise.loggingConfiguration,
    tracingConfiguration: given.tracingConfiguration ?? otherwise.tracingConfiguration,
    encryptionConfiguration: encrypted(given.encryptionConfiguration) ?? otherwise.encryptionConfiguration,
  };
}

function logging(given: Given['loggingConfiguration']): Given['loggingConfiguration'] {
  if (given === undefined) return undefined;
  const { level = 'OFF', includeExecutionData = false, destinations = [] } = given;
  if (destinations.length > 1 || (level !== 'OFF' && destinations.length === 0))
    throw new ServiceError(
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    );
  return { level, includeExecutionData, ...(destinations.length === 0 ? {} : { destinations }) };
}

/** @throws ServiceError InvalidEncryptionConfiguration */
export function encrypted(given: Given['encryptionConfiguration']): Given['encryptionConfiguration'] {
  const ownKey = given?.type === 'CUSTOMER_MANAGED_KMS_KEY';
  if (given !== undefined && ownKey !== (given.kmsKeyId !== undefined))
    throw new ServiceError(
      'InvalidEncryptionConfiguration',
      `Invalid Encryption Configuration: a kmsKeyId goes with the type CUSTOMER_MANAGED_KMS_KEY and no other.`,
    );
  return given;
}
