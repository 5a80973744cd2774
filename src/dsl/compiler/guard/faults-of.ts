import { DEEPEST_EVALUATION, evaluationDepth } from '../../asl/evaluation-depth.ts';
import type { JsonObject } from '../../asl/machine.ts';
import type { ExpressionNode } from '../../ast/expression-node.ts';
import type { UncheckedNode } from '../../ast/step-node.ts';
import { checkSchema } from './check-schema.ts';
import type { Checking, GuardFunction } from './checking.ts';
import { FUNCTIONS } from './functions.ts';
import { LONGEST_FAULT, MOST_FAULTS, MOST_LEVELS } from './limits.ts';
import { GUARDED, type Place, text } from './place.ts';
import { References } from './reference-checks.ts';

/** A guard, and what it leaves to whoever reads the value first. */
export interface Guard {
  /** Gives an array of sentences, each beginning with the path of what is wrong; no fault, empty array. */
  readonly faults: ExpressionNode;
  readonly unchecked: readonly UncheckedNode[];
}

/** Evaluations around the checks: the block, the assignment to `$faults`, the array. */
const SURROUNDING_DEPTH = 4;

/**
 * A JSON Schema as an expression that tests a value. It never fails its evaluation, whatever JSON the value is,
 * and tells paths and what was expected, never what the value was.
 *
 * @param called What the value is called in the sentences: `input`.
 */
export function faultsOf(schema: JsonObject, value: ExpressionNode, called: string): Guard {
  const used = new Set<GuardFunction>();
  const unchecked = new Map<string, UncheckedNode>();
  const references = new References(schema);
  const leave = ({ label: path }: Place, what: string) => unchecked.set(`${path} ${what}`, { path, what });
  const checking: Checking = {
    root: schema,
    faults: (inner, place) => checkSchema(inner, place, { checking, references }),
    use: (name) => {
      used.add(name);
      return `$${name}`;
    },
    leave,
  };
  const whole: Place = {
    value: GUARDED,
    path: text(called),
    label: called,
    loops: 0,
    depth: SURROUNDING_DEPTH,
  };
  const checks = checking.faults(schema, whole);
  const functions = (['utf16', 'step', 'multiple'] as const)
    .filter((name) => used.has(name))
    .map((name) => FUNCTIONS[name]);
  const source = used.has('schema')
    ? asDeepAsPossible((levels) => bounded([...functions, references.definition(levels)], checks))
    : { text: bounded(functions, checks) };
  if (source.levels !== undefined)
    for (const place of references.entrances)
      leave(place, `what is nested more than ${source.levels} levels deep`);
  const parts = source.text.split(GUARDED);
  return {
    faults: { kind: 'raw', parts, operands: parts.slice(1).map(() => value), total: true },
    unchecked: [...unchecked.values()],
  };
}

interface Source {
  readonly text: string;
  /** Levels that it checks of a schema that refers to itself. */
  readonly levels?: number;
}

/** As many levels of a schema that refers to itself as Step Functions evaluates. */
function asDeepAsPossible(text: (levels: number) => string): Source {
  for (let levels = MOST_LEVELS; levels > 0; levels -= 1) {
    const source = text(levels);
    if (evaluationDepth(source.replaceAll(GUARDED, '$value'), levels - 1) <= DEEPEST_EVALUATION)
      return { text: source, levels };
  }
  return { text: text(0), levels: 0 };
}

/** So many faults, so long, that they fit into a variable and a Cause. */
function bounded(definitions: readonly string[], checks: readonly string[]): string {
  if (checks.length === 0) return '[]';
  const first = `$map($faults[[0..${MOST_FAULTS - 1}]], function($fault) { $substring($fault, 0, ${LONGEST_FAULT}) })`;
  const statements = [
    ...definitions,
    `$faults := [${checks.join(', ')}]`,
    `[${first}, $count($faults) > ${MOST_FAULTS} ? "and more"]`,
  ];
  return `(${statements.join('; ')})`;
}
