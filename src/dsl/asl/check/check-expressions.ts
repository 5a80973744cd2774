import { jsonataFunctions } from '../jsonata-functions.ts';
import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { shown } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';
import { type Read, TOO_DEEP } from './reads.ts';

type Told = Pick<Fault, 'code' | 'problem' | 'remedy'>;

/** JSONata that does not parse, calls what is not there, or reads where nothing is. */
export const checkExpressions: Check = ({ states }) =>
  states.flatMap((state) =>
    state.reads
      .filter(({ takes }) => takes === 'jsonata')
      .flatMap((read) =>
        faultsOf(read, state).map((told) => ({ ...at({ name: state.name, place: read.place }), ...told })),
      ),
  );

function faultsOf(read: Read, state: StateNode): readonly Told[] {
  const { reading, fault } = read;
  if (fault !== undefined)
    return [
      {
        code: 'invalid-expression',
        problem: `it does not parse: ${fault}`,
        remedy: fault === TOO_DEEP ? 'compute a part of it in an Assign before' : 'mend the JSONata',
      },
    ];
  if (reading === undefined)
    return [
      {
        code: 'half-expression',
        problem: `an expression begins with '{%' and ends with '%}', got ${shown(read.text)}`,
        remedy: 'write the whole value as one expression: \'{% "a" & $b %}\'',
      },
    ];
  return [
    ...[...reading.newer].map((operator): Told => ({
      code: 'newer-jsonata',
      problem: `'${operator}' is newer than JSONata 2.0.6`,
      // `?:` asks whether the value is true, `??` whether there is one.
      remedy: operator === '?:' ? 'write x ? x : y' : 'write $exists(x) ? x : y',
    })),
    ...[...reading.context].map(withoutContext),
    ...[...reading.functions].filter((name) => !jsonataFunctions.has(name)).map(unknownFunction),
    ...[...reading.variables].filter((name) => name === 'eval').map(unknownFunction),
    ...[...reading.states].flatMap((member) => missingPart(member, read, state)),
  ];
}

const PARTS_OF_STATES: ReadonlySet<string> = new Set(['input', 'context', 'result', 'errorOutput']);

function withoutContext(name: string): Told {
  const code = 'no-context';
  if (name === 'States')
    return {
      code,
      problem: 'intrinsic functions such as States.Format are for JSONPath',
      remedy: "use JSONata's own, such as & for States.Format, $count, $string, $parse, $hash and $uuid",
    };
  const problem = `'${name}' has nothing to be read from`;
  if (name.startsWith('$')) return { code, problem, remedy: 'read $states.input or $states.context' };
  const remedy = PARTS_OF_STATES.has(name)
    ? `write $states.${name}`
    : `write $states.input.${name} or $${name}`;
  return { code, problem, remedy };
}

const unknownFunction = (name: string): Told =>
  name === 'eval'
    ? { code: 'unknown-function', problem: 'Step Functions has no $eval', remedy: 'use $parse for JSON text' }
    : { code: 'unknown-function', problem: `there is no function $${name}`, remedy: 'check its spelling' };

const WITH_RESULT: ReadonlySet<string> = new Set(['Task', 'Parallel', 'Map']);

/**
 * `$states.result` is there for Output and Assign of the states that have a result, `$states.errorOutput` for those
 * of a Catch (developer guide, "Transforming data with JSONata", "Reserved variable: $states").
 */
function missingPart(member: string, { field }: Read, { type }: StateNode): readonly Told[] {
  const told = (problem: string, remedy: string): readonly Told[] => [
    { code: 'missing-states-part', problem, remedy },
  ];
  switch (member) {
    case '':
    case 'input':
    case 'context':
      return [];
    case 'result':
      if (WITH_RESULT.has(type) && (field === 'Output' || field === 'Assign')) return [];
      return told(
        '$states.result is there only for Output and Assign of a Task, Parallel or Map',
        'read $states.input',
      );
    case 'errorOutput':
      if (field === 'Catch') return [];
      return told(
        '$states.errorOutput is there only in a Catch',
        'keep what you need of it by the Assign of the Catch',
      );
    default:
      return told(`$states has no ${member}`, 'read its input, result, errorOutput or context');
  }
}
