import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../src/dsl/asl/machine.ts';
import type { ResourceFake } from '../src/dsl/index.ts';
import type { TaskReply } from './corpus-case.ts';

type Call = Parameters<ResourceFake>[1];

/**
 * The reply to a call, among those not yet given: of its state, iteration and attempt; or, where the recording does
 * not tell of these, of a call that was alike.
 */
export function findReply(replies: readonly TaskReply[], args: Json, call: Call): TaskReply | undefined {
  const ofState = replies.filter((reply) => mayBeOf(reply, call));
  const tests = [
    (reply: TaskReply) => reply.stateName === call.stateName && reply.attempt === call.attempt,
    (reply: TaskReply) => isDeepStrictEqual(reply.parameters, args),
    (reply: TaskReply) => resembles(reply.parameters, args),
    (reply: TaskReply) => reply.stateName === call.stateName,
  ];
  for (const test of tests) {
    const found = ofState.find(test);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether nothing that a reply tells of its call speaks against this one. */
function mayBeOf(reply: TaskReply, call: Call): boolean {
  const { stateName, stateNameCandidates: candidates, iteration, resourceType, resource } = reply;
  if (typeof resourceType === 'string' && !call.resource.endsWith(`:${resourceType}:${resource}`))
    return false;
  if (typeof stateName !== 'string') return candidates?.includes(call.stateName) ?? true;
  return stateName === call.stateName && isDeepStrictEqual(iteration ?? [], call.iterations);
}

/** Whether two values differ only in what the recorder has put names like `<uuid:1>` for. */
function resembles(recorded: Json | undefined, value: Json | undefined): boolean {
  if (typeof recorded === 'string' && /<[^<>\s]+>/.test(recorded)) return typeof value === 'string';
  if (typeof recorded !== 'object' || recorded === null) return recorded === value;
  if (typeof value !== 'object' || value === null) return false;
  const [one, other] = [Object.entries(recorded as object), Object.entries(value as object)];
  return (
    one.length === other.length &&
    one.every(([key, item]) => resembles(item as Json, (value as { [key: string]: Json })[key]))
  );
}
