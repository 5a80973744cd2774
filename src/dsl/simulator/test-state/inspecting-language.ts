import type { PassState } from '../../asl/machine.ts';
import { jsonPath } from '../jsonpath/json-path-language.ts';
import { effectiveInput } from '../jsonpath/read-fields.ts';
import type { Outcome, Production } from '../outcome.ts';
import type { QueryLanguage } from '../query-language.ts';
import type { Process } from '../request.ts';
import type { Visit } from '../visit.ts';
import type { Notes } from './inspection.ts';

/** A query language that notes what the values of a state's fields come to. */
export function inspecting(language: QueryLanguage, notes: Notes): QueryLanguage {
  return language === jsonPath ? inspectingJsonPath(notes) : inspectingJsonata(language, notes);
}

function inspectingJsonata(language: QueryLanguage, notes: Notes): QueryLanguage {
  return {
    ...language,
    *payload(visit, holder, place) {
      const payload = yield* language.payload(visit, holder, place);
      if (visit.state.Type === 'Task' && holder.Arguments !== undefined) notes.afterArguments = payload;
      return payload;
    },
  };
}

function inspectingJsonPath(notes: Notes): QueryLanguage {
  return {
    ...jsonPath,
    *passResult(visit) {
      const result = yield* jsonPath.passResult(visit);
      if ((visit.state as PassState).Result !== undefined) notes.result = result;
      else {
        notes.afterInputPath = effectiveInput(visit);
        notes.afterParameters = result;
      }
      return result;
    },
    *payload(visit, holder, place) {
      const payload = yield* jsonPath.payload(visit, holder, place);
      if (visit.state.Type === 'Task') notes.afterParameters = payload;
      return payload;
    },
    *produce(visit, outcome) {
      const { result, errorOutput } = outcome;
      if (result === undefined || errorOutput !== undefined) return yield* jsonPath.produce(visit, outcome);
      return yield* produceInSteps(visit, outcome, notes);
    },
  };
}

/** What a state with a result comes to, field by field. */
function* produceInSteps(visit: Visit, outcome: Outcome, notes: Notes): Process<Production> {
  const { ResultSelector, ResultPath, Assign } = outcome.producer as {
    readonly [field in 'ResultSelector' | 'ResultPath' | 'Assign']?: unknown;
  };
  const { OutputPath: _, ...unfiltered } = visit.state;
  const before = { ...visit, state: unfiltered as Visit['state'] };
  const selector = ResultSelector === undefined ? {} : { ResultSelector };
  const selected = yield* jsonPath.produce(before, { ...outcome, producer: selector });
  notes.afterResultSelector = selected.output;
  const path = ResultPath === undefined ? {} : { ResultPath };
  const combining = { ...outcome, result: selected.output, producer: path };
  notes.afterResultPath = (yield* jsonPath.produce(before, combining)).output;
  const assign = Assign === undefined ? {} : { Assign };
  return yield* jsonPath.produce(visit, { ...combining, producer: { ...path, ...assign } });
}
