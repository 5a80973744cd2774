import { evaluationsOf } from './budget.ts';
import { valueFunctions } from './functions.ts';
import type { Apply, Cell, Making } from './making.ts';
import { only } from './only.ts';
import { ownName } from './own-name.ts';
import { type Bindings, NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';

/** A function that is given to another one or bound to a variable, for what it sees. */
export interface InlineFunction {
  readonly parameters: number;
  readonly bind: (bindings: Bindings, context: unknown) => Apply;
}

/** `function($item, $index) { … }` where another function is to call it, or the name of a function of one argument. */
export const givenFunction = (node: SyntaxNode, making: Making): InlineFunction =>
  node.type === 'variable' && only(node, ['value'])
    ? namedFunction(node, making)
    : inlineFunction(node, making);

/** `function($item, $index) { … }`. */
export function inlineFunction(node: SyntaxNode, making: Making): InlineFunction {
  if (node.type !== 'lambda' || node.body === undefined || !only(node, ['arguments', 'body']))
    throw NOT_DIRECT;
  const parameters = (node.arguments ?? []).map((parameter): readonly [string, Cell] => [
    ownName(parameter),
    { kind: 'value', value: undefined },
  ]);
  const cells = parameters.map(([, cell]) => cell);
  const body = making.within(parameters).form(node.body);
  const evaluations = evaluationsOf(node.body);
  return {
    parameters: cells.length,
    bind:
      (bindings, context) =>
      (...given) => {
        making.budget.take(evaluations);
        for (let index = 0; index < cells.length; index++) (cells[index] as Cell).value = given[index];
        return body(bindings, context);
      },
  };
}

function namedFunction({ value: name }: SyntaxNode, making: Making): InlineFunction {
  const found = making.own(name) === undefined ? valueFunctions.get(name) : undefined;
  if (found === undefined) throw NOT_DIRECT;
  const { compute, takes, isSequence } = found;
  // The package gives a function as many arguments as it takes.
  if (takes.length > 1 || takes[0] !== 1 || isSequence === true) throw NOT_DIRECT;
  return {
    parameters: 1,
    bind: ({ variables }) => {
      if (Object.hasOwn(variables, name as string)) throw NOT_DIRECT;
      return (value) => compute(value);
    },
  };
}
