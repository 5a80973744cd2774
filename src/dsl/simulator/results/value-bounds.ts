/** Numbers and lengths that a member's value may have. */
export interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minimumLength?: number;
  readonly maximumLength?: number;
}

/**
 * Bounds of members of results, by their structure and name in the model. Client packages leave them out. Sources:
 * AWS Lambda API Reference, "FunctionConfiguration" and "EphemeralStorage"; AWS KMS API Reference, "Encrypt".
 */
export const bounds: { readonly [member: string]: Bounds } = {
  'FunctionConfiguration.MemorySize': { minimum: 128, maximum: 10_240 },
  'FunctionConfiguration.Timeout': { minimum: 1 },
  'EphemeralStorage.Size': { minimum: 512, maximum: 10_240 },
  'EncryptResponse.CiphertextBlob': { minimumLength: 1, maximumLength: 6144 },
};
