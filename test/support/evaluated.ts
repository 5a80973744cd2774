import type { Json, JsonObject } from '../../src/dsl/asl/machine.ts';
import { jsonata } from '../../src/dsl/compiler/render/jsonata.ts';
import type { Expression } from '../../src/dsl/expression/expression.ts';
import { operandOf } from '../../src/dsl/expression/template.ts';
import { evaluateExpression } from '../../src/dsl/simulator/jsonata/evaluate-expression.ts';

/** The JSONata that an expression becomes. */
export const jsonataOf = (expression: Expression<unknown>): string => jsonata(operandOf(expression));

/**
 * The value of an expression as Step Functions computes it.
 * Rejects when the state would fail: also for an expression that gives nothing.
 */
export const evaluated = async (
  expression: Expression<unknown>,
  bindings: { readonly [variable: string]: Json } = {},
): Promise<Json> =>
  evaluateExpression(
    {
      source: jsonataOf(expression),
      field: 'Output',
      bindings: { variables: bindings, states: bindings.states as JsonObject },
    },
    { now: () => 0, random: () => 0, uuid: () => '' },
  );
