import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isObject, kindOf, shown } from './json-value.ts';
import { nearest } from './nearest.ts';
import { stateShape, stateTypes } from './shape.ts';

/** States that are no objects, have no known Type, or go back from JSONata to JSONPath. */
export const checkLanguage: Check = ({ definition, flows, states }) => [
  ...flows.flatMap((flow) =>
    Object.entries(isObject(flow.value.States) ? flow.value.States : {})
      .filter(([, state]) => !isObject(state))
      .map(([name, state]): Fault => {
        const problem = `a state must be an object, got ${kindOf(state)}`;
        return {
          code: 'not-an-object',
          state: name,
          place: `${flow.place}/States/${name}`,
          problem,
          remedy: 'write it as an object',
        };
      }),
  ),
  ...flows
    .filter(({ value }) => isObject(value.States) && Object.keys(value.States).length === 0)
    .map((flow): Fault => ({
      code: 'missing-field',
      ...at(flow, '/States'),
      problem: 'there is no state',
      remedy: 'add the state that StartAt names',
    })),
  ...states
    .filter(({ type }) => stateShape(type) === undefined)
    .map((state): Fault => {
      const { Type } = state.value;
      const meant = typeof Type === 'string' ? nearest(Type, stateTypes) : undefined;
      const known = stateTypes.join(', ');
      return Type === undefined
        ? {
            code: 'missing-field',
            ...at(state),
            problem: 'a state must have a Type',
            remedy: `add Type, one of ${known}`,
          }
        : {
            code: 'unknown-value',
            ...at(state, '/Type'),
            problem: `there is no Type ${shown(Type)}`,
            awsMessage:
              "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]",
            remedy: `write ${meant ?? `one of ${known}`}`,
          };
    }),
  ...(definition.QueryLanguage === 'JSONata' ? states : [])
    .filter(({ value }) => value.QueryLanguage === 'JSONPath')
    .map((state): Fault => ({
      code: 'language-downgrade',
      ...at(state),
      problem: "its QueryLanguage is JSONPath, and the machine's is JSONata",
      awsMessage: "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      remedy: 'write it in JSONata, or leave the machine JSONPath and set JSONata on the other states',
    })),
];
