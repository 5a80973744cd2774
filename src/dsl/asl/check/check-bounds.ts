import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import type { StateNode } from './machine-tree.ts';
import { waitsForToken } from './check-tokens.ts';

/** Tasks that nothing bounds, heartbeats longer than timeouts, and timeouts that the machine's own comes before. */
export const checkBounds: Check = ({ definition, states }) =>
  states
    .filter(({ type }) => type === 'Task')
    .flatMap((state) => [
      ...unbounded(state),
      ...heartbeat(state),
      ...overMachine(state, definition.TimeoutSeconds),
    ]);

function unbounded(state: StateNode): readonly Fault[] {
  const { TimeoutSeconds, TimeoutSecondsPath, HeartbeatSeconds, HeartbeatSecondsPath } = state.value;
  if (TimeoutSeconds !== undefined || TimeoutSecondsPath !== undefined) return [];
  if (!waitsForToken(state))
    return [
      {
        code: 'unbounded-task',
        ...at(state),
        problem: 'it has no TimeoutSeconds, so it may run for 99999999 seconds',
        remedy: 'add TimeoutSeconds, a little more than the call ever takes',
      },
    ];
  if (HeartbeatSeconds !== undefined || HeartbeatSecondsPath !== undefined) return [];
  return [
    {
      code: 'unbounded-token-wait',
      ...at(state),
      problem: 'it waits for its token with neither TimeoutSeconds nor HeartbeatSeconds',
      remedy: 'add TimeoutSeconds, and HeartbeatSeconds when the holder can send heartbeats',
    },
  ];
}

/** Source: ASL specification, "Task State": the heartbeat must be smaller than the timeout. */
function heartbeat(state: StateNode): readonly Fault[] {
  const { HeartbeatSeconds: beat, TimeoutSeconds: timeout } = state.value;
  if (typeof beat !== 'number' || typeof timeout !== 'number' || beat < timeout || timeout <= 0) return [];
  return [
    {
      code: 'heartbeat-over-timeout',
      ...at(state, '/HeartbeatSeconds'),
      problem: `HeartbeatSeconds (${beat}) is not below TimeoutSeconds (${timeout})`,
      remedy: 'lower it',
    },
  ];
}

/** A distributed map's children are executions of their own, but end with their parent all the same. */
function overMachine(state: StateNode, whole: unknown): readonly Fault[] {
  const { TimeoutSeconds: timeout } = state.value;
  if (typeof timeout !== 'number' || typeof whole !== 'number' || timeout < whole || whole <= 0) return [];
  return [
    {
      code: 'timeout-over-machine',
      ...at(state, '/TimeoutSeconds'),
      problem: `TimeoutSeconds (${timeout}) is not below the machine's (${whole})`,
      remedy: "lower it, or raise the machine's",
    },
  ];
}
