import type { State } from '../asl/machine.ts';
import { SimulationError } from './simulation-error.ts';

/**
 * The state's query language: its own, or the machine's. All that differs between the languages (which fields
 * a state has and how they are evaluated) is behind evaluate-field.ts and produce.ts; a second language begins here.
 * @throws SimulationError for JSONPath, ASL's default, which is not simulated.
 */
export function queryLanguageOf(name: string, state: State, ofMachine: 'JSONata' | 'JSONPath'): 'JSONata' {
  const language = state.QueryLanguage ?? ofMachine;
  if (language === 'JSONata') return language;
  throw new SimulationError(
    `state '${name}' uses JSONPath, which is not simulated; set "QueryLanguage": "JSONata" on the state machine`,
  );
}
