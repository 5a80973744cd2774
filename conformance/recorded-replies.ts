import type { Json, JsonObject } from '../src/dsl/asl/machine.ts';
import {
  SimulationError,
  StateFailure,
  type ResourceFake,
  type SimulatedFunction,
} from '../src/dsl/index.ts';
import type { TaskReply } from './corpus-case.ts';
import { findReply } from './find-reply.ts';
import { pythonJson } from './python-handler.ts';

type Call = Parameters<ResourceFake>[1];

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
    return (args, call) => {
      const reply = findReply(this.#open, args, call);
      if (reply === undefined) return this.#unrecorded(args, call);
      this.#open.splice(this.#open.indexOf(reply), 1);
      const waitsForToken = call.token !== undefined && reply.kind !== 'activity';
      return waitsForToken ? answerToken(reply, call) : answer(reply, call);
    };
  }

  /** Of Express machines and of a distributed Map's children no calls are recorded: their functions run. */
  async #unrecorded(args: Json, call: Call): Promise<unknown> {
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

async function answer({ outcome, submitted }: TaskReply, call: Call): Promise<unknown> {
  if (submitted !== undefined) call.submitted(submitted);
  if (outcome?.succeed !== undefined) return outcome.succeed;
  if (outcome?.fail) throw new StateFailure(outcome.fail.error, outcome.fail.cause);
  return endless(call);
}

/** A request that was not taken on failed by itself; else the token's answer is the task's. */
async function answerToken({ outcome, submitted }: TaskReply, call: Call): Promise<unknown> {
  const { tokens, token = '' } = call;
  if (outcome?.succeed !== undefined) tokens.sendTaskSuccess(token, outcome.succeed);
  else if (outcome?.fail) {
    if (submitted === undefined) throw new StateFailure(outcome.fail.error, outcome.fail.cause);
    tokens.sendTaskFailure(token, outcome.fail);
  }
  return submitted ?? endless(call);
}

/** No task lasts longer than this. */
async function endless({ clock }: Call): Promise<never> {
  await clock.sleep(forEver);
  throw new StateFailure('States.Timeout');
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
