import type { Json } from '../../../src/dsl/asl/machine.ts';
import type {
  CallNode,
  PollNode,
  RecoveryNode,
  RepeatNode,
  RetryNode,
} from '../../../src/dsl/ast/step-node.ts';
import { type Look, evaluate, filled, text } from './evaluate.ts';
import { Scope } from './scope.ts';
import { type Surroundings, look } from './surroundings.ts';
import { WorkflowFailure } from './workflow-failure.ts';

/** A call and its retries: the first policy that names the error counts, each by itself. */
export function call(
  step: { readonly call: CallNode; readonly retry: readonly RetryNode[] },
  around: Surroundings,
): Json {
  const left = step.retry.map(({ maxAttempts }) => maxAttempts);
  for (;;)
    try {
      return callOnce(step.call, around);
    } catch (failure) {
      const index = retryFor(failure, step.retry);
      if (index === -1 || left[index] === 0) throw failure;
      left[index] = (left[index] ?? 0) - 1;
    }
}

/** Which policy is for a failure. */
export const retryFor = (failure: unknown, policies: readonly RetryNode[]): number =>
  failure instanceof WorkflowFailure
    ? policies.findIndex(({ errors }) => errors.includes(failure.error) || errors.includes('States.ALL'))
    : -1;

function callOnce(node: CallNode, around: Surroundings): Json {
  if (node.kind !== 'task') throw new Error('nothing here draws another call');
  const made = { task: node.task, payload: filled(node.arguments, look(around)) };
  around.told.push({ kind: 'call', call: made });
  const outcome = around.tasks.answer(made);
  if ('error' in outcome) throw new WorkflowFailure(outcome.error, outcome.words);
  return outcome.gives;
}

/** What a step gives, or what its recovery does for an error that it names. */
export function recovered(
  step: { readonly recover: readonly RecoveryNode[] },
  around: Surroundings,
  perform: () => Json,
): Json {
  try {
    return perform();
  } catch (failure) {
    if (!(failure instanceof WorkflowFailure)) throw failure;
    const { error, words } = failure;
    const recovery = step.recover.find(
      ({ errors }) => errors.includes(error) || errors.includes('States.ALL'),
    );
    if (recovery === undefined) throw failure;
    const errorOutput = { Error: error, Cause: words };
    return filled(recovery.value, (name) => (name === 'states' ? { errorOutput } : look(around)(name)));
  }
}

/** Calls at the beginning and at every interval, as long as no more time passes than is given. */
export function poll(step: PollNode, around: Surroundings): Json {
  for (let passed = 0; ; passed += step.everySeconds) {
    const result = call(step, around);
    const after: Look = (name) => (name === step.name ? result : look(around)(name));
    if (evaluate(step.until, after) === true) return result;
    const said = step.saying && `; ${text(evaluate(step.saying, after))}`;
    const fail = (error: string, words: string): never => {
      throw new WorkflowFailure(error, `${around.path.join(' › ')}: ${words}${said ?? ''}`);
    };
    if (step.failWhen && evaluate(step.failWhen, after) === true)
      fail('PollFailed', 'what is waited for has failed');
    if (passed + step.everySeconds > step.giveUpAfterSeconds)
      fail('GaveUp', `not reached within ${step.giveUpAfterSeconds} seconds`);
  }
}

/** Calls until it is done, each time with the cursor that the last call gave. */
export function repeat(step: RepeatNode, around: Surroundings): Json {
  const { cursor } = step;
  let at = cursor && filled(cursor.first, look(around));
  for (let calls = 1; ; calls += 1) {
    const inner = withValue(around, cursor?.variable, at);
    const result = call(step, inner);
    const after: Look = (name) => (name === step.name ? result : look(around)(name));
    if (evaluate(step.until, after) === true) return result;
    at = cursor && filled(cursor.next, after);
    const said = step.saying ? `; ${text(evaluate(step.saying, after))}` : '';
    if (calls >= step.atMost)
      throw new WorkflowFailure(
        'GaveUp',
        `${around.path.join(' › ')}: not done after ${step.atMost} calls${said}`,
      );
  }
}

function withValue(around: Surroundings, name: string | undefined, value: Json | undefined): Surroundings {
  if (name === undefined) return around;
  const scope = new Scope(around.scope);
  scope.set(name, value);
  return { ...around, scope };
}
