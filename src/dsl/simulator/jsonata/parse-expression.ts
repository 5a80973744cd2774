import jsonata from 'jsonata';
import { DEEPEST_EVALUATION, treeDepth } from '../../asl/evaluation-depth.ts';
import { SimulationError } from '../simulation-error.ts';
import { addedFunctions } from './added-functions.ts';
import { directForm } from './direct/direct-form.ts';
import type { DirectForm, SyntaxNode } from './direct/syntax-node.ts';
import { EvaluationBounds } from './evaluation-bounds.ts';
import { isStackOverflow } from '../stack-overflow.ts';

/** An expression as the package evaluates it, and its direct form where it has one. */
export interface ParsedExpression {
  readonly whole: jsonata.Expression;
  readonly bounds: EvaluationBounds;
  readonly direct: DirectForm | undefined;
  /** Every variable and function that it names, without the `$`: nothing else need be given to it. */
  readonly names: readonly string[];
  /** Whether it may read `$states.context`, which has to be made. */
  readonly readsContext: boolean;
  /** Whether it may read the clock. */
  readonly readsClock: boolean;
}

/** `$states` for itself or for another field than these; a `%` may be the parent of one of these. */
const CONTEXT_READ = /%|\$states\b(?!\s*\.\s*(?:input|result|errorOutput)\b)/;

const parsed = new Map<string, ParsedExpression>();

/**
 * The expression as Step Functions would accept it, parsed once per source.
 * @throws SimulationError for what CreateStateMachine refuses: bad syntax, `$$`, or an operator newer than
 * JSONata 2.0.6, the version that Step Functions speaks.
 */
export function parseExpression(source: string): ParsedExpression {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  const bounds = new EvaluationBounds();
  const whole = parse(source, bounds);
  const tree = whole.ast() as unknown as SyntaxNode;
  const refusal = findRefused(tree, source);
  if (refusal !== undefined) throw new SimulationError(`the JSONata expression '${source}' ${refusal}`);
  for (const [name, implementation] of Object.entries(addedFunctions)) whole.assign(name, implementation);
  whole.assign('eval', undefined);
  bounds.adaptTo(tree);
  // What is nested too deeply is refused by the package.
  const direct = treeDepth(tree) > DEEPEST_EVALUATION ? undefined : directForm(tree);
  const names = [...new Set(namesIn(tree))];
  const expression = {
    whole,
    bounds,
    direct,
    names,
    readsContext: CONTEXT_READ.test(source),
    readsClock: names.includes('now') || names.includes('millis'),
  };
  parsed.set(source, expression);
  return expression;
}

function parse(source: string, bounds: EvaluationBounds): jsonata.Expression {
  try {
    return jsonata(source, bounds);
  } catch (fault) {
    throw new SimulationError(`the JSONata expression '${source}' does not parse: ${messageOf(fault)}`);
  }
}

function messageOf(fault: unknown): string {
  if (isStackOverflow(fault)) return 'its parts stand too deep in each other';
  return fault instanceof Error || hasMessage(fault) ? fault.message : String(fault);
}

const hasMessage = (fault: unknown): fault is { message: string } =>
  typeof fault === 'object' && fault !== null && 'message' in fault;

function namesIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null || node instanceof RegExp) return [];
  const { type, value } = node as Partial<SyntaxNode>;
  const inner = Object.values(node).flatMap(namesIn);
  return type === 'variable' && typeof value === 'string' ? [value, ...inner] : inner;
}

/** What Step Functions would not accept in this expression, as the rest of a sentence. */
function findRefused(node: unknown, source: string): string | undefined {
  if (typeof node !== 'object' || node === null || node instanceof RegExp) return undefined;
  if (Array.isArray(node)) return firstRefused(node, source);
  const { type, value, position } = node as { type?: unknown; value?: unknown; position?: unknown };
  if (type === 'variable' && value === '$')
    return "reads '$$', which Step Functions refuses; read $states.input or $states.context";
  if (type === 'condition' && typeof position === 'number') {
    // The parser turns both operators into conditions; their position still tells how they were written.
    const operator = source.slice(position - 2, position);
    if (operator === '?:' || operator === '??')
      return `uses '${operator}', which is newer than Step Functions' JSONata (2.0.6); write $exists(x) ? x : y`;
  }
  return firstRefused(Object.values(node), source);
}

function firstRefused(nodes: readonly unknown[], source: string): string | undefined {
  for (const node of nodes) {
    const refusal = findRefused(node, source);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
