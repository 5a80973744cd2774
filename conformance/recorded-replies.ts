import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../src/dsl/asl/machine.ts';
import {
  SimulationError,
  StateFailure,
  type ResourceFake,
  type SimulatedFunction,
} from '../src/dsl/index.ts';
import type { TaskReply } from './corpus-case.ts';
import { pythonJson } from './python-handler.ts';

/** Longer than any timeout: for calls that never came to an end. */
const forEver = 1000 * 99_999_999;

/** What the case's calls answered, each to be given once, by the state that made them. */
export class RecordedReplies {
  readonly #open: TaskReply[];
  readonly #functions: { readonly [name: string]: SimulatedFunction };

  constructor(replies: readonly TaskReply[], functions: { readonly [name: string]: SimulatedFunction }) {
    this.#open = [...replies];
    this.#functions = functions;
  }

  /** Answers the calls to a Resource. */
  fake(): ResourceFake {
    return async (args, call) => {
      const index = this.#open.findIndex((reply) => answers(reply, args, call));
      const [reply] = index < 0 ? [] : this.#open.splice(index, 1);
      if (reply === undefined) return this.#unrecorded(args, call);
      const { outcome, submitted } = reply;
      const { token } = call;
      if (token !== undefined && submitted !== undefined) {
        if (outcome.succeed !== undefined) call.tokens.sendTaskSuccess(token, outcome.succeed);
        else if (outcome.fail !== undefined) call.tokens.sendTaskFailure(token, outcome.fail);
        return submitted;
      }
      if (submitted !== undefined) call.submitted(submitted);
      if (outcome.succeed !== undefined) return outcome.succeed;
      if (outcome.fail !== undefined) throw new StateFailure(outcome.fail.error, outcome.fail.cause);
      return call.clock.sleep(forEver);
    };
  }

  /** Of Express machines and of a distributed Map's children no calls are recorded: their functions run. */
  async #unrecorded(args: Json, call: Parameters<ResourceFake>[1]): Promise<unknown> {
    const direct = /:function:([^:]+)/.exec(call.resource)?.[1];
    const { FunctionName = '', Payload = {} } = args as JsonObject & { FunctionName?: string };
    const name = direct ?? FunctionName.replace(/^.*:function:/, '');
    const run = this.#functions[name];
    if (run === undefined)
      throw new SimulationError(
        `nothing is recorded for attempt ${call.attempt} of state '${call.stateName}'`,
      );
    if (direct !== undefined) return withPythonSpaces(() => run(args, call));
    return { ExecutedVersion: '$LATEST', Payload: await run(Payload, call), StatusCode: 200 };
  }
}

/** Whether a reply is to this call: by the state's name, or by the arguments where that was not recorded. */
function answers(reply: TaskReply, args: Json, call: Parameters<ResourceFake>[1]): boolean {
  if (reply.stateName === null) return isDeepStrictEqual(reply.parameters, args);
  return (
    reply.stateName === call.stateName &&
    (reply.attempt ?? call.attempt) === call.attempt &&
    isDeepStrictEqual(reply.iteration ?? [], call.iterations)
  );
}

/** A function called by its ARN fails with the runtime's own JSON text, which lambda:invoke writes anew. */
async function withPythonSpaces(run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (fault) {
    if (!(fault instanceof StateFailure) || fault.causeText === undefined) throw fault;
    throw new StateFailure(fault.error, pythonJson(JSON.parse(fault.causeText) as Json));
  }
}
