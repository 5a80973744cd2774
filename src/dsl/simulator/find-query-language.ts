import type { State } from '../asl/machine.ts';
import { jsonata } from './jsonata/jsonata-language.ts';
import { jsonPath } from './jsonpath/json-path-language.ts';
import type { QueryLanguage } from './query-language.ts';

/** A state's query language: its own, or the machine's. */
export function queryLanguageOf(state: State, ofMachine: 'JSONata' | 'JSONPath'): QueryLanguage {
  return (state.QueryLanguage ?? ofMachine) === 'JSONata' ? jsonata : jsonPath;
}
