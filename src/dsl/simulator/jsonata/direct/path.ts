import { evaluationsOf } from './budget.ts';
import { groupForm } from './constructed.ts';
import { type Filter, filterForm, keep } from './filter.ts';
import type { Form, Making } from './making.ts';
import { only } from './only.ts';
import { type Order, orderForm } from './order.ts';
import { addTo, collapsed, listOf } from './sequence.ts';
import { type Bindings, NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';

/** One step of a path: what it gives for a value that the path has reached, or how it puts the values in order. */
interface Step {
  readonly form: Form;
  readonly order: Order | undefined;
  readonly filters: readonly Filter[];
  readonly evaluations: number;
}

/**
 * `$variable.field[…]^(…).(…)`. What a path has reached is a value, or a list of values, in which the lists that a step
 * finds are joined; a list that the last step finds alone stays as it is.
 */
export function pathForm({ steps: nodes = [], group }: SyntaxNode, making: Making): Form {
  const [first, ...others] = stepsOf(nodes, making);
  if (first === undefined) throw NOT_DIRECT;
  const { budget } = making;
  const last = others.at(-1) ?? first;
  // What groups the results sees them as they are.
  const collapsing = group === undefined ? last : undefined;
  const startsOnce = nodes[0]?.type === 'variable';

  function fromOne(step: Step, bindings: Bindings, value: unknown): unknown {
    const found = step.form(bindings, value);
    if (step.filters.length === 0) return found;
    const kept = keep(step.filters, bindings, listOf(found));
    return step === collapsing ? collapsed(kept) : kept;
  }

  function fromEach(step: Step, bindings: Bindings, values: readonly unknown[]): unknown {
    const { form, filters } = step;
    budget.take(step.evaluations * values.length);
    const found: unknown[] = [];
    for (const value of values) {
      const one = form(bindings, value);
      if (filters.length > 0) found.push(keep(filters, bindings, listOf(one)));
      else if (one !== undefined) found.push(one);
    }
    if (step === last && filters.length === 0 && found.length === 1) return found[0];
    const joined: unknown[] = [];
    for (const value of found) addTo(joined, value);
    return step === collapsing ? collapsed(joined) : joined;
  }

  function advance(step: Step, bindings: Bindings, reached: unknown): unknown {
    if (step.order !== undefined) {
      const ordered = keep(step.filters, bindings, step.order(bindings, listOf(reached)));
      return step === collapsing ? collapsed(ordered) : ordered;
    }
    return Array.isArray(reached) ? fromEach(step, bindings, reached) : fromOne(step, bindings, reached);
  }

  const results: Form = (bindings, context) => {
    let reached = startsOnce ? fromOne(first, bindings, context) : advance(first, bindings, context);
    for (const step of others) {
      if (reached === undefined || (Array.isArray(reached) && reached.length === 0)) return undefined;
      reached = advance(step, bindings, reached);
    }
    return reached;
  };
  if (group === undefined) return results;
  const grouped = groupForm(group, making);
  return (bindings, context) => grouped(bindings, results(bindings, context));
}

function stepsOf(nodes: readonly SyntaxNode[], making: Making): readonly Step[] {
  const [first, second, ...others] = nodes;
  if (first?.type !== 'variable' || first.value !== 'states')
    return nodes.map((node) => stepOf(node, making));
  if (second === undefined || !only(first, ['value'])) throw NOT_DIRECT;
  const states = { ...stepOf(second, making), form: statesForm(second) };
  return [states, ...others.map((node) => stepOf(node, making))];
}

function stepOf(node: SyntaxNode, making: Making): Step {
  const { stages = [], ...step } = node;
  return {
    ...(node.type === 'sort'
      ? { form: nothing, order: orderOf(step, making) }
      : { form: node.type === 'name' ? nameForm(step) : making.form(step), order: undefined }),
    filters: stages.map((stage) => filterForm(stage, making)),
    evaluations: evaluationsOf(node),
  };
}

const nothing = () => undefined;

function orderOf(node: SyntaxNode, making: Making): Order {
  if (!only(node, ['terms'])) throw NOT_DIRECT;
  return orderForm(node.terms ?? [], making);
}

function nameForm(node: SyntaxNode): Form {
  const name = node.value;
  if (typeof name !== 'string' || !only(node, ['value'])) throw NOT_DIRECT;
  return (_, value) => fieldOf(value, name);
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return collapsed(fieldsOf(value, name));
  return Object.hasOwn(value, name) ? (value as { readonly [field: string]: unknown })[name] : undefined;
}

/** The fields of an array's elements, of which lists are joined. */
function fieldsOf(values: readonly unknown[], name: string): readonly unknown[] {
  const fields: unknown[] = [];
  for (const value of values) {
    const field = Array.isArray(value) ? fieldsOf(value, name) : fieldOf(value, name);
    if (field !== undefined) addTo(fields, field);
  }
  return fields;
}

const statesFields = ['input', 'context', 'result', 'errorOutput'] as const;

/** `$states.input` and its like; each is read only when the expression has it, as the context object has to be made. */
function statesForm({ type, value }: SyntaxNode): Form {
  const field = statesFields.find((known) => known === value);
  if (type !== 'name' || field === undefined) throw NOT_DIRECT;
  return ({ states }) => states?.[field];
}
