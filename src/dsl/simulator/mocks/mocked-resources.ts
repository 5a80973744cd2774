import { itemProcessorOf } from '../../asl/item-processor.ts';
import type { Branch, Json, StateMachine } from '../../asl/machine.ts';
import type { ResourceFake } from '../resource-fake.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import { type MockedReply, type MockedStates, replyAt } from './mock-config.ts';

/**
 * Fakes for every Resource of a machine, which answer each state as a test case says: its first call with reply 0,
 * the next, be it a retry or another visit, with reply 1. Each iteration of a Map counts by itself. Source: "Testing
 * state machines with Step Functions Local", "Mocked service integrations".
 */
export function mockedResources(
  machine: StateMachine,
  states: MockedStates,
): { readonly [arn: string]: ResourceFake } {
  const calls = new Map<string, number>();
  const fake: ResourceFake = (_args, call) => {
    const { stateName, iterations, token, tokens } = call;
    const at = JSON.stringify([stateName, iterations]);
    const number = calls.get(at) ?? 0;
    calls.set(at, number + 1);
    const reply = replyOf(states, stateName, number);
    if (token === undefined) return resultOf(reply);
    if ('throws' in reply)
      tokens.sendTaskFailure(token, { error: reply.throws.Error, cause: reply.throws.Cause });
    else tokens.sendTaskSuccess(token, reply.returns);
    return {};
  };
  return Object.fromEntries(resourcesOf(machine).map((arn) => [arn, fake]));
}

function replyOf(states: MockedStates, stateName: string, number: number): MockedReply {
  const replies = Object.hasOwn(states, stateName) ? states[stateName] : undefined;
  if (replies === undefined)
    throw new SimulationError(
      `nothing says what state '${stateName}' is answered; give it a response in the mock configuration, ` +
        `which has one for ${Object.keys(states).join(', ') || 'no state'}`,
    );
  const reply = replyAt(replies, number);
  if (reply === undefined)
    throw new SimulationError(
      `state '${stateName}' is called for the ${number + 1}. time and its response '${replies.name}' has no reply ` +
        `${number}; it has ${replies.replies.map(({ key }) => key).join(', ')}`,
    );
  return reply;
}

function resultOf(reply: MockedReply): Json {
  if ('throws' in reply) throw new StateFailure(reply.throws.Error, reply.throws.Cause);
  return reply.returns;
}

/** The Resources of all Task states, however deep. */
function resourcesOf(branch: Branch): readonly string[] {
  return Object.values(branch.States).flatMap((state) => {
    if (state.Type === 'Task') return [state.Resource];
    if (state.Type === 'Parallel') return state.Branches.flatMap(resourcesOf);
    return state.Type === 'Map' ? resourcesOf(itemProcessorOf(state)) : [];
  });
}
