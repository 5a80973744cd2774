import type { Json } from '../asl/machine.ts';
import { CallEnding } from './call-ending.ts';
import type { Caller } from './caller.ts';
import { findIntegration } from './integrations/find-integration.ts';
import type { TaskCall } from './request.ts';
import { HeartbeatTimeout, StateFailure, SubmitFailure } from './state-failure.ts';
import type { Strand } from './strand.ts';
import type { World } from './world.ts';

/**
 * Performs one attempt of a Task, up to its timeout. A task with a token ends when the token is answered, which
 * may be before its request has been accepted.
 * @throws StateFailure what the integration or the answer fails with, or States.Timeout.
 */
export function runCall(
  call: TaskCall,
  strand: Strand,
  { world, caller }: { world: World; caller: Caller },
): Promise<Json> {
  const { stateName, resource, timeoutSeconds, token } = call;
  const { executionArn, authority, startExecution, beside } = caller;
  const integration = findIntegration(resource, stateName, world);
  const refused = authority?.refusalOf(call);
  if (refused !== undefined) return Promise.reject(refused);
  const abort = new AbortController();
  const ending = new CallEnding(() => abort.abort());
  const deadline = timeoutSeconds === undefined ? undefined : world.clock.now() + timeoutSeconds * 1000;
  return new Promise((resolve, reject) => {
    const fail = (failure: unknown) => ending.end(() => reject(failure));
    if (deadline !== undefined)
      // The failure first: what the abort makes of the call is too late then.
      ending.onEnd(
        world.clock.schedule(deadline, () => {
          fail(new StateFailure('States.Timeout'));
          abort.abort();
        }),
      );
    ending.onEnd(strand.onStop(() => ending.stop()));
    if (token !== undefined)
      listenForAnswer({ ...call, token }, { world, executionArn, ending, resolve, fail });
    const begun = (workerName?: string) => ending.unlessOver(() => caller.begun(call, workerName));
    let accepted = false;
    const submitted = (output: Json) => {
      accepted = true;
      ending.unlessOver(() => caller.submitted(call, output));
    };
    integration({
      ...call,
      deadline,
      signal: abort.signal,
      onEnd: (run) => ending.onEnd(run),
      executionArn,
      world,
      submitted,
      begun,
      startExecution,
      beside,
      refusalOf: authority && ((needs) => authority.refusalOfMore(call, needs)),
    }).then(
      (response) => {
        if (token === undefined || resource.kind === 'activity') return ending.end(() => resolve(response));
        submitted(response);
        const waits = `state '${stateName}' of ${executionArn} waits for an answer to its task token, and nothing will answer it; call tokens.sendTaskSuccess, or give the state a TimeoutSeconds`;
        ending.unlessOver(() => ending.onEnd(world.clock.noteOutside(waits)));
      },
      (fault: unknown) => fail(accepted ? fault : ofSubmission(fault, call)),
    );
  });
}

/** What a task fails with whose request failed: a job's own failure has no other name than States.TaskFailed. */
function ofSubmission(fault: unknown, { resource: { pattern } }: TaskCall): unknown {
  if (pattern === 'requestResponse' || !(fault instanceof StateFailure)) return fault;
  if (fault.error === 'States.TaskFailed' || fault.error === 'States.Timeout') return fault;
  return new SubmitFailure(fault.error, fault.causeText);
}

interface Listening {
  readonly world: World;
  readonly executionArn: string;
  readonly ending: CallEnding;
  readonly resolve: (output: Json) => void;
  readonly fail: (failure: StateFailure) => void;
}

function listenForAnswer(
  { stateName, token, heartbeatSeconds }: TaskCall & { readonly token: string },
  { world, executionArn, ending, resolve, fail }: Listening,
): void {
  const { clock, tokens } = world;
  let forget = () => {};
  const heartbeat = () => {
    if (heartbeatSeconds === undefined) return;
    forget();
    const late = () => fail(new HeartbeatTimeout());
    forget = clock.schedule(clock.now() + heartbeatSeconds * 1000, late);
  };
  ending.onEnd(() => forget());
  heartbeat();
  const close = tokens.open({
    token,
    stateName,
    executionArn,
    heartbeat,
    // By way of the clock, so that whoever answers from within a call is done with that call first.
    answer: (answer) =>
      clock.schedule(clock.now(), () => {
        if (answer.kind === 'failure') fail(new StateFailure(answer.error, answer.cause));
        else ending.end(() => resolve(answer.output));
      }),
  });
  ending.onEnd(close);
}
