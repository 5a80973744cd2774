import type { MachineFault } from './machine-fault.ts';
import type { State } from './machine.ts';
import { allStates, fieldOf, type MachineFlow } from './machine-flow.ts';

/** Fields of the JSONPath query language, which a JSONata state may not have. */
const JSONPATH_FIELDS = [
  'InputPath',
  'Parameters',
  'ResultSelector',
  'ResultPath',
  'OutputPath',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'ErrorPath',
  'CausePath',
];

/** Fields of a Map that only a distributed one may have. */
const DISTRIBUTED_FIELDS = [
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Label',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
];

/** Fields that may not stand where they are, or contradict each other. */
export function checkFields(machine: MachineFlow): readonly MachineFault[] {
  return allStates(machine).flatMap(({ name, state }) =>
    [...jsonPathFields(state), ...distributedFields(state), ...timeouts(state)].map((problem) => ({
      state: name,
      problem,
    })),
  );
}

function jsonPathFields(state: State): string[] {
  const own = JSONPATH_FIELDS.filter((field) => fieldOf(state, field) !== undefined);
  const rules: readonly object[] = state.Type === 'Choice' ? state.Choices : [];
  const ruled = rules.flatMap((rule, index) => ('Variable' in rule ? [`Choices[${index}].Variable`] : []));
  return [...own, ...ruled, ...pathKeys(fieldOf(state, 'Arguments'), 'Arguments')].map(
    (field) => `${field} belongs to JSONPath; a JSONata state has Arguments, Output, Assign and Condition`,
  );
}

/** Keys ending in `.$`, JSONPath's mark of a path. */
function pathKeys(value: unknown, place: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = Array.isArray(value) ? `${place}[${key}]` : `${place}.${key}`;
    return [...(key.endsWith('.$') ? [at] : []), ...pathKeys(inner, at)];
  });
}

function distributedFields(state: State): string[] {
  if (state.Type !== 'Map' || state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED') return [];
  return DISTRIBUTED_FIELDS.filter((field) => fieldOf(state, field) !== undefined).map(
    (field) => `${field} is for distributed maps, and this one is inline; set Mode to DISTRIBUTED`,
  );
}

function timeouts(state: State): string[] {
  if (state.Type !== 'Task') return [];
  const { HeartbeatSeconds: heartbeat, TimeoutSeconds: timeout } = state;
  if (typeof heartbeat !== 'number' || typeof timeout !== 'number' || heartbeat < timeout) return [];
  return [`HeartbeatSeconds (${heartbeat}) is not less than TimeoutSeconds (${timeout}); lower it`];
}
