import { truthOf } from './truth-of.ts';
import { textOf } from './text-of.ts';
import { type DirectForm, type MakeForm, NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';

type OfOne = (value: unknown) => unknown;

/** Times as Step Functions tells them; what others write is read by the package. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;

const ofText =
  (compute: (text: string) => unknown): OfOne =>
  (value) => {
    if (value === undefined) return undefined;
    if (typeof value === 'string') return compute(value);
    throw NOT_DIRECT;
  };

/** Functions of one argument. */
const FUNCTIONS: ReadonlyMap<unknown, OfOne> = new Map<string, OfOne>([
  ['exists', (value) => value !== undefined],
  ['not', (value) => (value === undefined ? undefined : !truthOf(value))],
  ['boolean', (value) => (value === undefined ? undefined : truthOf(value))],
  ['count', (value) => (value === undefined ? 0 : Array.isArray(value) ? value.length : 1)],
  ['string', (value) => (value === undefined ? undefined : textOf(value))],
  ['length', ofText((text) => Array.from(text).length)],
  ['uppercase', ofText((text) => text.toUpperCase())],
  ['lowercase', ofText((text) => text.toLowerCase())],
  ['toMillis', ofText(millisOf)],
]);

function millisOf(text: string): number {
  const millis = TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(millis)) throw NOT_DIRECT;
  return millis;
}

export function callForm(node: SyntaxNode, make: MakeForm): DirectForm | undefined {
  const { procedure, arguments: given = [] } = node;
  const [argument] = given;
  if (procedure?.type !== 'variable' || argument === undefined || given.length !== 1) return undefined;
  const compute = FUNCTIONS.get(procedure.value);
  const operand = make(argument);
  if (compute === undefined || operand === undefined) return undefined;
  const name = procedure.value as string;
  return (bindings) => {
    // A variable of that name stands before the function.
    if (Object.hasOwn(bindings.variables, name)) throw NOT_DIRECT;
    return compute(operand(bindings));
  };
}
