import type { Operator } from '../ast/expression-node.ts';
import { type Ref, expressionOf } from './expression.ts';
import { operandOf } from './template.ts';

/** What authors call the operators whose name is another in JSONata. */
const NAMES: { readonly [O in Operator]?: string } = {
  '=': 'equals',
  '!=': 'differs',
  '<': 'lessThan',
  '<=': 'atMost',
  '>': 'moreThan',
  '>=': 'atLeast',
  in: 'oneOf',
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'remainder',
  abs: 'absolute',
  number: 'numberOf',
  string: 'toJson',
  choose: 'ifElse',
  steps: 'range',
  pad: 'padStart',
  base64encode: 'base64Encode',
  base64decode: 'base64Decode',
  encodeUrlComponent: 'urlEncode',
  decodeUrlComponent: 'urlDecode',
};

/** The expression that an operator makes of its operands. */
export const operation = <T>(operator: Operator, ...operands: unknown[]): Ref<T> =>
  expressionOf<T>({
    kind: 'operation',
    operator,
    operands: operands.map((operand, index) =>
      operandOf(operand, `${NAMES[operator] ?? operator}(): operand ${index + 1}`),
    ),
  });
