import type { Json } from '../asl/machine.ts';
import type { ExpressionNode, Operator, TemplateNode } from './expression-node.ts';

// Short names for the nodes that passes make themselves.

export const literal = (value: Json): ExpressionNode => ({ kind: 'literal', value });

export const variable = (name: string, ...path: string[]): ExpressionNode => ({
  kind: 'reference',
  variable: name,
  path,
});

/** Step Functions' own `$states`, below its name. */
export const states = (...path: string[]): ExpressionNode => variable('states', ...path);

export const operation = (operator: Operator, ...operands: ExpressionNode[]): ExpressionNode => ({
  kind: 'operation',
  operator,
  operands,
});

export const value = (node: ExpressionNode): TemplateNode => ({ kind: 'value', value: node });

export const NOTHING: TemplateNode = { kind: 'object', fields: {} };

/** The variable that holds what a try caught: `{Error, Cause}`. */
export const failureVariable = (tryName: string): string => `${tryName}_failure`;
