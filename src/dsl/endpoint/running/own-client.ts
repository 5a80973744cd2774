import type { SdkClient } from '../../asl/sdk-model.ts';
import { ServiceError } from '../service-error.ts';

/** A command of the SDK, as far as it is looked into. */
interface Command {
  readonly constructor: { readonly name: string };
  readonly input: unknown;
}

/**
 * A client of Step Functions that asks this endpoint itself, for `aws-sdk:sfn:*` within its machines.
 * @param call performs an action: what it answers with has Dates, as the SDK's answers do.
 */
export const ownClient = (
  call: (action: string, request: unknown, signal: AbortSignal) => Promise<object>,
): SdkClient => ({
  async send(command: Command, { abortSignal = new AbortController().signal } = {}) {
    const action = command.constructor.name.replace(/Command$/, '');
    // As over the wire: members that are undefined are not there.
    const request: unknown = JSON.parse(JSON.stringify(command.input));
    try {
      return await call(action, request, abortSignal);
    } catch (fault) {
      if (!(fault instanceof ServiceError)) throw fault;
      throw Object.assign(new Error(fault.message), { name: fault.name, $metadata: { httpStatusCode: 400 } });
    }
  },
});
