import {
  catcherShape,
  itemReaderShape,
  resultWriterShape,
  type Shape,
  stateShape,
} from '../asl/check/shape.ts';
import type { State } from '../asl/machine.ts';
import { objectOf } from './object-of.ts';
import type { Refusal } from './query-language.ts';

const failed = 'SCHEMA_VALIDATION_FAILED:';

/**
 * What CreateStateMachine refuses of a state because of its query language: JSONPath in a machine of JSONata (in the
 * words seen on AWS), and fields of the other language, which would else be passed over without a word.
 */
export function* refusedLanguage(state: State, ofMachine: 'JSONata' | 'JSONPath'): Iterable<Refusal> {
  const { Type: type, QueryLanguage: language = ofMachine } = state;
  if (ofMachine === 'JSONata' && language === 'JSONPath')
    yield {
      what: `${failed} 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine`,
      field: '',
    };
  for (const { shape, holder, place } of holdersOf(type, objectOf(state)))
    for (const name of Object.keys(objectOf(holder))) {
      const only = Object.hasOwn(shape.fields, name) ? shape.fields[name]?.only : undefined;
      if (only !== undefined && only !== language)
        yield {
          what: `${failed} the field '${name}' is for ${only}, and the state's QueryLanguage is ${language},`,
          field: place + name,
        };
    }
}

interface Holder {
  readonly shape: Shape;
  readonly holder: unknown;
  /** Within the state, as in `ItemReader/`. */
  readonly place: string;
}

function* holdersOf(type: string, state: { readonly [field: string]: unknown }): Iterable<Holder> {
  const shape = stateShape(type);
  if (shape === undefined) return;
  yield { shape, holder: state, place: '' };
  const { Catch, ItemReader, ResultWriter } = state;
  if (Array.isArray(Catch))
    for (const [index, holder] of Catch.entries())
      yield { shape: catcherShape, holder, place: `Catch[${index}]/` };
  yield { shape: itemReaderShape, holder: ItemReader, place: 'ItemReader/' };
  yield { shape: resultWriterShape, holder: ResultWriter, place: 'ResultWriter/' };
}
