import { valueFunctions } from './functions.ts';
import { higherOrderFunctions } from './higher-order.ts';
import { givenFunction } from './inline-function.ts';
import type { Form, Making, Own } from './making.ts';
import { only } from './only.ts';
import { aText } from './operands.ts';
import { patternFunctions } from './pattern-functions.ts';
import { NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';

/** A call, and whether it gives a sequence as it is: empty, say, where the value of the expression is nothing. */
interface Call {
  readonly form: Form;
  readonly isSequence: boolean;
}

/** `$f(…)`, or `… ~> $f(…)`. */
export function callOf(node: SyntaxNode, making: Making): Call {
  const { name, given } = calledIn(node);
  const own = making.own(name);
  if (own !== undefined) return ownCall(own, node, making);
  const { form, isSequence } = knownCall(name, given, making);
  return {
    form: (bindings, context) => {
      // A variable of that name stands before the function.
      if (Object.hasOwn(bindings.variables, name)) throw NOT_DIRECT;
      return form(bindings, context);
    },
    isSequence,
  };
}

function knownCall(name: string, given: readonly SyntaxNode[], making: Making): Call {
  if (given[1]?.type === 'regex') return patternCall(name, given, making);
  return clockCall(name, given) ?? valueCall(name, given, making) ?? higherOrderCall(name, given, making);
}

/**
 * The call that ends a function, which the parser has put off in a function of its own. The package leaves a short
 * sequence there as it is, and does not ready a function that is an argument: its own ones and that of `$sort` fail.
 */
export function tailForm({ thunk, body }: SyntaxNode, making: Making): Form {
  if (thunk !== true || body === undefined) throw NOT_DIRECT;
  const { name, given } = calledIn(body);
  if (higherOrderFunctions.has(name) && (name === 'sort' || given[1]?.type !== 'lambda')) throw NOT_DIRECT;
  const { form, isSequence } = callOf(body, making);
  if (!isSequence) return form;
  return (bindings, context) => {
    const sequence = form(bindings, context);
    if (Array.isArray(sequence) && sequence.length < 2) throw NOT_DIRECT;
    return sequence;
  };
}

function calledIn(node: SyntaxNode): { readonly name: string; readonly given: readonly SyntaxNode[] } {
  if (node.type === 'apply') {
    const { lhs, rhs } = node as { readonly lhs: SyntaxNode; readonly rhs: SyntaxNode };
    // Without brackets it is the function itself.
    const { name, given } = rhs.type === 'variable' ? { name: nameOf(rhs), given: [] } : calledIn(rhs);
    return { name, given: [lhs, ...given] };
  }
  const { procedure, arguments: given = [] } = node;
  if (procedure === undefined || !only(node, ['value', 'arguments', 'procedure', 'predicate']))
    throw NOT_DIRECT;
  return { name: nameOf(procedure), given };
}

function nameOf(node: SyntaxNode): string {
  if (node.type !== 'variable' || typeof node.value !== 'string' || !only(node, ['value'])) throw NOT_DIRECT;
  return node.value;
}

/** Of a function that the expression has bound to a variable. */
function ownCall(own: Own, node: SyntaxNode, making: Making): Call {
  // How deep the package evaluates another call is not known (`treeDepth`).
  if (own.kind !== 'function' || node.type !== 'function') throw NOT_DIRECT;
  const { given } = calledIn(node);
  const forms = given.map((argument) => making.form(argument));
  return {
    form: (bindings, context) => own.apply(...forms.map((form) => form(bindings, context))),
    isSequence: false,
  };
}

/** `$now()` and `$millis()`, where the clock can be read. */
function clockCall(name: string, given: readonly SyntaxNode[]): Call | undefined {
  if (given.length > 0 || (name !== 'now' && name !== 'millis')) return undefined;
  return {
    form: ({ now }) => {
      if (now === undefined) throw NOT_DIRECT;
      return name === 'now' ? new Date(now()).toISOString() : now();
    },
    isSequence: false,
  };
}

function valueCall(name: string, given: readonly SyntaxNode[], making: Making): Call | undefined {
  const known = valueFunctions.get(name);
  if (known === undefined) return undefined;
  const { takes, compute, isSequence = false } = known;
  if (!takes.includes(given.length)) throw NOT_DIRECT;
  const [first, second, third] = given.map((argument) => making.form(argument)) as [Form, Form?, Form?];
  const form: Form =
    second === undefined
      ? (bindings, context) => compute(first(bindings, context))
      : (bindings, context) =>
          compute(first(bindings, context), second(bindings, context), third?.(bindings, context));
  return { form, isSequence };
}

function patternCall(name: string, given: readonly SyntaxNode[], making: Making): Call {
  const known = patternFunctions.get(name);
  const [value, pattern, other] = given as readonly [SyntaxNode, SyntaxNode, SyntaxNode?];
  if (known?.takes !== given.length || !(pattern.value instanceof RegExp) || !only(pattern, ['value']))
    throw NOT_DIRECT;
  const { compute, isSequence = false } = known;
  const { value: written } = pattern;
  const text = making.form(value);
  const third = other === undefined ? undefined : making.form(other);
  return {
    form: (bindings, context) => compute(aText(text(bindings, context)), written, third?.(bindings, context)),
    isSequence,
  };
}

function higherOrderCall(name: string, given: readonly SyntaxNode[], making: Making): Call {
  const known = higherOrderFunctions.get(name);
  const [value, called, start] = given;
  if (known === undefined || value === undefined || called === undefined) throw NOT_DIRECT;
  const { compute, parameters = 0, takesInitial = false, isSequence = false } = known;
  const of = making.form(value);
  const inner = givenFunction(called, making);
  const initial = start === undefined ? undefined : making.form(start);
  if (inner.parameters < parameters || given.length > (takesInitial ? 3 : 2)) throw NOT_DIRECT;
  return {
    form: (bindings, context) =>
      compute(of(bindings, context), inner.bind(bindings, context), initial?.(bindings, context)),
    isSequence,
  };
}
