import { randomUUID } from 'node:crypto';
import { asAwsError, AwsError } from './aws-error.ts';
import type { HttpReply, HttpRequest } from './http-endpoint.ts';

/** A JSON object on the wire. */
export type Fields = { readonly [name: string]: unknown };

export interface JsonRpcService {
  /** The service as the call log names it, for example `DynamoDB`. */
  readonly name: string;
  /** What its error types are prefixed with, `com.amazonaws.dynamodb.v20120810#` for DynamoDB. */
  readonly errorPrefix: string;
  /** @param accessKeyId of the key that the call is signed with; empty when it is not. */
  call(operation: string, input: Fields, accessKeyId: string): Promise<Fields>;
}

/** Answers one call of an AWS JSON 1.0 service: the operation is in `X-Amz-Target`, input and output are JSON. */
export async function answerJsonRpc(
  service: JsonRpcService,
  operation: string,
  request: HttpRequest,
): Promise<HttpReply> {
  try {
    const { body, headers } = request;
    return reply(200, await service.call(operation, parse(body), accessKeyIdOf(headers.authorization)));
  } catch (thrown) {
    const error = asAwsError(thrown);
    const type = `${service.errorPrefix}${error.code}`;
    return reply(error.status, { __type: type, message: error.message, ...error.fields });
  }
}

/** `Credential=<id>/<date>/…` of Signature Version 4. */
const accessKeyIdOf = (authorization = ''): string => /Credential=([^/]+)/.exec(authorization)?.[1] ?? '';

function parse(body: string): Fields {
  try {
    return JSON.parse(body === '' ? '{}' : body) as Fields;
  } catch {
    throw new AwsError('SerializationException', 'the request body is not JSON');
  }
}

function reply(status: number, body: Fields): HttpReply {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify(body),
  };
}
