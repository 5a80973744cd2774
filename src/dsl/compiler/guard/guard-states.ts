import type { JsonObject } from '../../asl/machine.ts';
import type { ExpressionNode } from '../../ast/expression-node.ts';
import { literal, operation, value, variable } from '../../ast/node.ts';
import type { UncheckedNode } from '../../ast/step-node.ts';
import type { Draft } from '../draft.ts';
import { faultsOf } from './faults-of.ts';

/** A value that the machine itself tests before its steps see it. */
export interface Guarded {
  /** The states are `<prefix>.Check`, `<prefix>.Valid` and `<prefix>.Refused`. */
  readonly prefix: string;
  readonly schema: JsonObject;
  readonly value: ExpressionNode;
  /** What the faults call the value: `input.tables[2] must be …`. */
  readonly called: string;
  /** The variable that holds the faults between the states. */
  readonly variable: string;
  readonly error: string;
  /** What the Cause begins with; the faults follow. */
  readonly lead: string;
  /** The state after a value without fault. */
  readonly next: string;
  /** What answers a failure of these states. */
  readonly around: Pick<Draft, 'undos' | 'tries'>;
  /** Whether the state after them gets the input of the first one. */
  readonly keepsInput?: true;
}

/** The states that test a value: on to `next`, or an end by `error` whose Cause tells every fault. */
export function guardStates(guarded: Guarded): {
  readonly states: readonly Draft[];
  readonly unchecked: readonly UncheckedNode[];
} {
  const { prefix, around } = guarded;
  const { faults, unchecked } = faultsOf(guarded.schema, guarded.value, guarded.called);
  const found = variable(guarded.variable);
  const states: readonly Draft[] = [
    {
      ...around,
      type: 'Pass',
      name: `${prefix}.Check`,
      assign: { [guarded.variable]: value(faults) },
      ...(guarded.keepsInput ? { keepsInput: true } : {}),
      next: `${prefix}.Valid`,
    },
    {
      ...around,
      type: 'Choice',
      name: `${prefix}.Valid`,
      choices: [{ when: operation('=', operation('count', found), literal(0)), next: guarded.next }],
      otherwise: `${prefix}.Refused`,
    },
    {
      ...around,
      type: 'Fail',
      name: `${prefix}.Refused`,
      error: literal(guarded.error),
      cause: operation('&', literal(guarded.lead), operation('join', found, literal('; '))),
    },
  ];
  return { states, unchecked };
}
