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

/** What the modes of a Map allow. */
export const checkMap: Check = ({ states }) =>
  states.filter(({ type }) => type === 'Map').flatMap(modeFaults);

function modeFaults(state: StateNode): readonly Fault[] {
  const field = state.value.ItemProcessor === undefined ? 'Iterator' : 'ItemProcessor';
  const body = state.value[field];
  const config = isObject(body) && isObject(body.ProcessorConfig) ? body.ProcessorConfig : {};
  const here = `/${field}/ProcessorConfig`;
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
    ...typed.map((part): Fault => {
      const problem = 'an inline map runs inside its execution and has no ExecutionType';
      return { code: 'ignored-field', ...at(state, `${part}/ExecutionType`), problem, remedy };
    }),
  ];
}
