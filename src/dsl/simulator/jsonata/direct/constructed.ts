import { evaluationsOf } from './budget.ts';
import { callOf } from './called.ts';
import type { Form, Making } from './making.ts';
import { addTo, collapsed, listOf } from './sequence.ts';
import { NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';
import { truthOf } from './truth-of.ts';

/**
 * `[a, b]`: arrays among the elements are joined, except those that are written in brackets of their own. Of `$f(…)[]`
 * only the list that the function gives is joined, not a list that is the only one in it.
 */
export function arrayForm(node: SyntaxNode, making: Making): Form {
  const elements = (node.expressions ?? []).map((element) => ({
    form: element.keepArray === true ? keptForm(element, making) : making.form(element),
    isBracketed: element.value === '[',
  }));
  return (bindings, context) => {
    const items: unknown[] = [];
    for (const { form, isBracketed } of elements) {
      const value = form(bindings, context);
      if (value === undefined) continue;
      if (isBracketed) items.push(value);
      else addTo(items, value);
    }
    return items;
  };
}

/** Here alone the package's mark of a list that is kept is lost at once. */
function keptForm({ keepArray: _keepArray, ...node }: SyntaxNode, making: Making): Form {
  if (node.type !== 'function' || node.predicate !== undefined) throw NOT_DIRECT;
  const { form, isSequence } = callOf(node, making);
  if (!isSequence) throw NOT_DIRECT;
  return form;
}

/**
 * `{"a": x}` with names that are written out, or one that is computed: with several, the package finds fault with those
 * that are the same. A field without a value is left out.
 */
export function objectForm(node: SyntaxNode, making: Making): Form {
  const fields = fieldsOf(node, making);
  return (bindings, context) => {
    if (Array.isArray(context)) throw NOT_DIRECT;
    const made: { [field: string]: unknown } = {};
    for (const { name, form } of fields) {
      const value = form(bindings, context);
      const own = typeof name === 'string' ? name : fieldName(name(bindings, context));
      if (value !== undefined) made[own] = value;
    }
    return made;
  };
}

/** `…{name: x}`: for each name a value of all the items that have it, or of the one that has. */
export function groupForm(node: Pick<SyntaxNode, 'lhs'>, making: Making): Form {
  const fields = fieldsOf(node, making);
  const [field] = fields;
  if (field === undefined || fields.length > 1) throw NOT_DIRECT;
  const { name, form, evaluations } = field;
  return (bindings, grouped) => {
    const items = listOf(grouped);
    making.budget.take(evaluations * items.length);
    const groups = new Map<string, unknown[]>();
    for (const item of items.length === 0 ? [undefined] : items) {
      if (Array.isArray(item)) throw NOT_DIRECT;
      const own = typeof name === 'string' ? name : fieldName(name(bindings, item));
      const group = groups.get(own);
      if (group === undefined) groups.set(own, [item]);
      else group.push(item);
    }
    const made: { [field: string]: unknown } = {};
    for (const [own, group] of groups) {
      const value = form(bindings, collapsed(group));
      if (value !== undefined) made[own] = value;
    }
    return made;
  };
}

function fieldsOf({ lhs }: Pick<SyntaxNode, 'lhs'>, making: Making) {
  const pairs = lhs as readonly (readonly [SyntaxNode, SyntaxNode])[];
  const fields = pairs.map((pair) => ({
    name: pair[0].type === 'string' ? fieldName(pair[0].value) : making.form(pair[0]),
    form: making.form(pair[1]),
    evaluations: evaluationsOf(pair),
  }));
  const written = new Set(fields.flatMap(({ name }) => (typeof name === 'string' ? name : [])));
  if (fields.length > 1 && written.size < fields.length) throw NOT_DIRECT;
  return fields;
}

function fieldName(name: unknown): string {
  if (typeof name !== 'string' || /^__proto__$|^_jsonata_/.test(name)) throw NOT_DIRECT;
  return name;
}

export function conditionForm(node: SyntaxNode, making: Making): Form {
  const { condition, then, else: otherwise } = node as Required<SyntaxNode>;
  const holds = making.form(condition);
  const isSo = making.form(then);
  const isNot = otherwise === undefined ? () => undefined : making.form(otherwise);
  return (bindings, context) =>
    truthOf(holds(bindings, context)) ? isSo(bindings, context) : isNot(bindings, context);
}

export function negativeForm({ expression }: SyntaxNode, making: Making): Form {
  const operand = making.form(expression as SyntaxNode);
  return (bindings, context) => {
    const value = operand(bindings, context);
    if (value === undefined) return undefined;
    if (typeof value !== 'number') throw NOT_DIRECT;
    return -value;
  };
}
