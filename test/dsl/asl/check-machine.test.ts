import { describe, expect, it } from 'vitest';
import { checkMachine } from '../../../src/dsl/asl/check-machine.ts';
import { jsonPathMachine, jsonPathMutants } from './jsonpath-mutants.ts';
import { type Definition, goodMachine, mutants, put } from './mutants.ts';
import { risks } from './risks.ts';

/** Every finding as its code and place. */
const found = (definition: unknown) => checkMachine(definition).map(({ code, place }) => `${code} ${place}`);

const changed = (machine: Definition, change: (machine: Definition) => void): Definition => {
  const copy = structuredClone(machine);
  change(copy);
  return copy;
};

describe('checkMachine', () => {
  it('finds nothing in sound machines of both languages', () => {
    expect(checkMachine(goodMachine)).toEqual([]);
    expect(checkMachine(jsonPathMachine)).toEqual([]);
  });

  it.each(mutants)('finds in JSONata: $name', ({ change, finds }) => {
    expect(found(changed(goodMachine, change)).toSorted()).toEqual(finds.toSorted());
  });

  it.each(jsonPathMutants)('finds in JSONPath: $name', ({ change, finds }) => {
    expect(found(changed(jsonPathMachine, change)).toSorted()).toEqual(finds.toSorted());
  });

  it.each(risks)('warns of $name', ({ change, finds }) => {
    expect(found(changed(goodMachine, change)).toSorted()).toEqual(finds.toSorted());
  });

  it('never throws, whatever stands where', () => {
    const junk = [null, true, -1, '', '{% $', '$.', [], [null], {}, { States: { A: [] } }];
    const places = (value: unknown): readonly string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, one]) => [key, ...places(one).map((rest) => `${key}/${rest}`)])
        : [];
    for (const machine of [goodMachine, jsonPathMachine])
      for (const place of places(machine))
        for (const value of junk)
          expect(() => checkMachine(changed(machine, put(place, value)))).not.toThrow();
    for (const value of junk) expect(checkMachine(value)).not.toEqual([]);
  });

  it('leaves the definition as it was', () => {
    const before = structuredClone(goodMachine);
    checkMachine(goodMachine);
    expect(goodMachine).toEqual(before);
  });

  it('tells everything at once, sorted by place', () => {
    const machine = changed(goodMachine, (copy) => {
      put('States/Call/Next', 'Nowhere')(copy);
      put('States/Begin/Assign/states', 1)(copy);
      put('States/Done/Output', '{% $eval($nothing) %}')(copy);
    });
    expect(found(machine)).toEqual([
      'bad-variable-name /States/Begin/Assign/states',
      'missing-target /States/Call/Next',
      'undefined-variable /States/Done/Output',
      'unknown-function /States/Done/Output',
    ]);
  });

  it.each([
    ['States/Done/Output', '{% $answer ?: 1 %}', 'write x ? x : y'],
    ['States/Done/Output', '{% $answer ?? 1 %}', 'write $exists(x) ? x : y'],
    ['States/Done/Output', '{% input.x %}', 'write $states.input'],
    ['States/Done/Output', '{% x.y %}', 'write $states.input.x or $x'],
    [
      'States/Done/Output',
      "{% States.Format('{}', $answer) %}",
      "use JSONata's own, such as & for States.Format, $count, $string, $parse, $hash and $uuid",
    ],
    ['States/Far/ItemProcessor/ProcessorConfig/Mode', 'DISTRIBUTD', 'write DISTRIBUTED'],
    ['States/Begin/Assign/list', '{% $states.context.Execution.ID %}', 'write Execution.Id'],
    ['States/Call/Arguments/Paylod', {}, 'write Payload'],
    ['States/Lost/Type', 'fail', 'write Fail'],
  ])('tells of %s: %j what to write: %s', (place, value, remedy) => {
    expect(checkMachine(changed(goodMachine, put(place, value)))).toMatchObject([{ remedy }]);
  });

  it('says what is wrong and what to do about it', () => {
    const [finding] = checkMachine(changed(goodMachine, put('States/Call/TimeoutSecond', 60)));
    expect(finding).toEqual({
      code: 'unknown-field',
      severity: 'error',
      awsCode: 'SCHEMA_VALIDATION_FAILED',
      state: 'Call',
      place: '/States/Call/TimeoutSecond',
      problem: "a Task state has no field 'TimeoutSecond'",
      remedy: 'write TimeoutSeconds',
      awsMessage: "Field 'TimeoutSecond' is not supported",
    });
  });
});
