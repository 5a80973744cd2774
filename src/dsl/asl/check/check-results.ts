import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isList } from './json-value.ts';

/** Results of branches that a Parallel does not have, and values that a Pass sets for nothing. */
export const checkResults: Check = ({ states }) =>
  states.flatMap((state): readonly Fault[] => {
    const { Branches: branches, Result: result, Parameters: parameters } = state.value;
    if (state.type === 'Pass' && result !== undefined && parameters !== undefined)
      return [
        {
          code: 'ignored-field',
          ...at(state, '/Parameters'),
          problem: 'Parameters has no effect beside Result, which is what the state gives',
          remedy: 'keep one of them',
        },
      ];
    if (state.type !== 'Parallel' || !isList(branches)) return [];
    const indexed = state.language === 'JSONata' ? JSONATA : JSONPATH;
    return state.reads
      .filter(({ field }) => state.language === 'JSONata' || field === 'ResultSelector')
      .flatMap(({ text, place }) => {
        const beyond = [...text.matchAll(indexed)].find(([, index]) => Number(index) >= branches.length);
        if (beyond === undefined) return [];
        const problem = `there is no result ${beyond[1]} of ${branches.length} branches, counted from 0`;
        const remedy = `read one of 0 to ${branches.length - 1}`;
        return [{ code: 'missing-result', ...at({ name: state.name, place }), problem, remedy }];
      });
  });

const JSONATA = /\$states\.result\[(\d+)\]/g;
const JSONPATH = /(?<![\w$])\$\[(\d+)\]/g;
