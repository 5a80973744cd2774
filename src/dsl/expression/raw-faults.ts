import { jsonataFunctions } from '../asl/jsonata-functions.ts';
import { type ExpressionReading, readExpression } from '../asl/read-expression.ts';

/** The variable that stands in a hole while the text is read. */
const hole = (index: number): string => `_hole${index}`;

const HOLE = /\$_hole\d+/g;

/** What Step Functions would refuse in an author's JSONata, or would never find; holes are between the parts. */
export function rawFaults(parts: readonly string[]): readonly string[] {
  const source = parts.map((part, index) => (index === 0 ? part : `$${hole(index)}${part}`)).join('');
  if (parts.some((part) => part.search(HOLE) >= 0))
    return ["a variable named '_hole' with a number is the language's own; give it another name"];
  if (parts.some((part) => part.includes('${')))
    return ["the deployment would replace '${…}'; write the dollar as \\x24 in a regular expression"];
  try {
    return faultsOf(readExpression(source), parts.length - 1);
  } catch (fault) {
    return [unreadable(fault as Error, source)];
  }
}

function faultsOf(reading: ExpressionReading, holes: number): readonly string[] {
  const names = Array.from({ length: holes }, (_, index) => hole(index + 1));
  const unknown = [...reading.variables].filter(
    (name) => !names.includes(name) && !jsonataFunctions.has(name),
  );
  return [
    ...[...reading.newer].map(
      (operator) =>
        `'${operator}' is newer than the JSONata of Step Functions (2.0.6); write $exists(x) ? x : y, or use orElse()`,
    ),
    ...[...reading.functions].filter((name) => !names.includes(name)).flatMap(functionFaults),
    ...names.flatMap((name, index) => holeFaults(name, index + 1, reading)),
    ...[...reading.context].map(contextFault),
    ...[...reading.states].flatMap(statesFaults),
    ...unknown.map(
      (name) =>
        functionFaults(name).find(() => name === 'eval') ??
        `nothing is named $${name} here; to read a reference put it into a hole, \${…}`,
    ),
  ];
}

function functionFaults(name: string): string[] {
  if (jsonataFunctions.has(name)) return [];
  return name === 'eval'
    ? ['Step Functions has no $eval; use $parse for JSON text']
    : [`no function is named $${name}; check its spelling`];
}

function holeFaults(name: string, number: number, { variables, functions }: ExpressionReading): string[] {
  if (functions.has(name))
    return [`hole ${number} is called as a function, but is a value; call an operator in it`];
  return variables.has(name)
    ? []
    : [
        `hole ${number} is within quotes, a regular expression or a comment, is part of a name, or is assigned ` +
          `to; end the quotes and join with &, or read a field of a computed name with $lookup`,
      ];
}

const contextFault = (name: string): string =>
  name === '$$'
    ? "'$$' is refused by Step Functions; put what you read into a hole, ${…}"
    : `'${name}' has nothing to be read from: it stands neither after a dot nor in a filter; ` +
      'put a reference into a hole, ${…}';

function statesFaults(member: string): string[] {
  if (member === 'context') return [];
  const read = member === '' ? '$states' : `$states.${member}`;
  return [
    `${read} is not for authors: the language keeps results in variables and nothing in a state's input; ` +
      `put the reference into a hole, \${…}`,
  ];
}

/** JSONata's own words, and what stands before the place that it speaks of. */
function unreadable({ message, cause }: Error, source: string): string {
  const { position } = (cause ?? {}) as { position?: number };
  const words = message.replaceAll(HOLE, '${…}');
  if (position === undefined) return `it does not parse: ${words}`;
  const before = source.slice(0, position).replaceAll(HOLE, '${…}');
  return `it does not parse after '${before.slice(-30)}': ${words}`;
}
