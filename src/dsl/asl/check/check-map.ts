import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isObject } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';

/** Fields of a Map that only a distributed one may have. Source: developer guide, "Map workflow state". */
const DISTRIBUTED_FIELDS = ['ItemReader', 'ItemBatcher', 'ResultWriter'];

/** Those that an inline one may have without effect: Step Functions takes them. */
const IGNORED_FIELDS = [
  'Label',
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
];

const MODES: readonly unknown[] = ['INLINE', 'DISTRIBUTED'];

/** Source: developer guide, "Map workflow state", "Inline mode". */
const MOST_AT_ONCE = 40;

/** What the modes of a Map allow. */
export const checkMap: Check = ({ states }) =>
  states
    .filter(({ type }) => type === 'Map')
    .flatMap((state) => [...modeFaults(state), ...emptyBatches(state)]);

function emptyBatches(state: StateNode): readonly Fault[] {
  const batcher = isObject(state.value.ItemBatcher) ? state.value.ItemBatcher : {};
  return ['MaxItemsPerBatch', 'MaxInputBytesPerBatch']
    .filter((field) => batcher[field] === 0)
    .map((field): Fault => ({
      code: 'ignored-field',
      ...at(state, `/ItemBatcher/${field}`),
      problem: `${field} of 0 is no measure of a batch`,
      remedy: 'give 1 or more, or leave it out',
    }));
}

function modeFaults(state: StateNode): readonly Fault[] {
  const field = state.value.ItemProcessor === undefined ? 'Iterator' : 'ItemProcessor';
  const body = state.value[field];
  const config = isObject(body) && isObject(body.ProcessorConfig) ? body.ProcessorConfig : {};
  const here = `/${field}/ProcessorConfig`;
  // A Mode that does not exist is told elsewhere.
  if (config.Mode !== undefined && !MODES.includes(config.Mode)) return [];
  if (config.Mode !== 'DISTRIBUTED')
    return inlineFaults(state, config.ExecutionType === undefined ? [] : [here]);
  if (config.ExecutionType !== undefined) return [];
  const problem = 'a distributed map must have an ExecutionType';
  const remedy = 'add ExecutionType, STANDARD or EXPRESS';
  return [{ code: 'missing-field', ...at(state, here), problem, remedy }];
}

/** @param typed Where an ExecutionType stands. */
function inlineFaults(state: StateNode, typed: readonly string[]): readonly Fault[] {
  const remedy = 'set Mode to DISTRIBUTED, or remove it';
  const { MaxConcurrency: concurrency } = state.value;
  const given = (fields: readonly string[]) => fields.filter((field) => state.value[field] !== undefined);
  return [
    ...given(DISTRIBUTED_FIELDS).map((field): Fault => {
      const problem = `${field} is for distributed maps, and this one is inline`;
      return { code: 'unknown-field', ...at(state, `/${field}`), problem, remedy };
    }),
    ...given(IGNORED_FIELDS).map((field): Fault => {
      const problem = `${field} has no effect on an inline map`;
      return { code: 'ignored-field', ...at(state, `/${field}`), problem, remedy };
    }),
    ...(typeof concurrency === 'number' && concurrency > MOST_AT_ONCE
      ? [
          {
            code: 'ignored-field',
            ...at(state, '/MaxConcurrency'),
            problem: `an inline map runs at most ${MOST_AT_ONCE} iterations at once, and MaxConcurrency is ${concurrency}`,
            remedy: 'lower it, or make the map distributed',
          } as const,
        ]
      : []),
    ...typed.map((part): Fault => {
      const problem = 'an inline map runs inside its execution and has no ExecutionType';
      return { code: 'ignored-field', ...at(state, `${part}/ExecutionType`), problem, remedy };
    }),
  ];
}
