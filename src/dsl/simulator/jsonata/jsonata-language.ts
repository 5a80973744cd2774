import type { ChoiceRule, Json, MapState } from '../../asl/machine.ts';
import type { QueryLanguage } from '../query-language.ts';
import type { Process } from '../request.ts';
import { EvaluationFailure } from '../state-failure.ts';
import type { Visit } from '../visit.ts';
import { evaluateField, evaluateTyped, unexpectedType } from './evaluate-field.ts';
import { produce } from './produce.ts';
import { refusedExpressions } from './refused-expressions.ts';
import { waitUntil } from './wait-until.ts';

/** JSONata: every value may be an expression, and there is one of each field. */
export const jsonata: QueryLanguage = {
  refused: refusedExpressions,
  // oxlint-disable-next-line require-yield -- the other language's is a process
  *passResult() {
    return undefined;
  },
  *payload(visit, { Arguments: template }, place = '') {
    return template === undefined
      ? visit.input
      : yield* evaluateField(visit, { name: `${place}Arguments`, template });
  },
  template: evaluateField,
  *number(visit, { name, holder, place = '', wholeFrom }) {
    const template = fieldOf(holder, name);
    if (template === undefined) return undefined;
    const value = yield* evaluateTyped(visit, { name: `${place}${name}`, template }, 'number');
    if (wholeFrom === undefined || (Number.isInteger(value) && value >= wholeFrom)) return value;
    const kind = wholeFrom === 0 ? 'non-negative' : 'positive';
    throw new EvaluationFailure(
      `The ${place}${name} field must be a ${kind} integer but was: ${value}`,
      `${place}${name}`,
    );
  },
  *text(visit, { name, holder, place = '' }) {
    const template = fieldOf(holder, name);
    return template === undefined
      ? undefined
      : yield* evaluateTyped(visit, { name: `${place}${name}`, template }, 'string');
  },
  waitUntil,
  holds(visit, rule, place) {
    const template = (rule as ChoiceRule).Condition;
    return evaluateTyped(visit, { name: `${place}Condition`, template }, 'boolean');
  },
  items,
  itemTemplate: ({ ItemSelector: template }) =>
    template === undefined ? undefined : { name: 'ItemSelector', template },
  produce,
};

const fieldOf = (holder: object, name: string) =>
  (holder as { readonly [name: string]: Json | undefined })[name];

/** @throws EvaluationFailure when they are neither an array nor, for a distributed Map, an object. */
function* items(visit: Visit, { Items: template }: MapState, distributed: boolean): Process<Json> {
  const values =
    template === undefined ? visit.input : yield* evaluateField(visit, { name: 'Items', template });
  const members = typeof values === 'object' && values !== null && distributed;
  if (Array.isArray(values) || members) return values;
  if (template === undefined)
    throw new EvaluationFailure(`Map state input must be an array but was: ${JSON.stringify(values)}`);
  throw unexpectedType({ name: 'Items', template }, 'array', values);
}
