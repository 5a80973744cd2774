import { AwsError } from '../aws-error.ts';
import type { Fields } from '../json-rpc.ts';

/** A control-plane request's JSON body. @throws AwsError SerializationException when it is not a JSON object. */
export function readBody(body: string): Fields {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value as Fields;
  } catch {
    // Refused below, together with JSON that is no object.
  }
  throw new AwsError('SerializationException', 'the request body is not a JSON object');
}
