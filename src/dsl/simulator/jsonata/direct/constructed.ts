import { truthOf } from './truth-of.ts';
import { type DirectForm, type MakeForm, NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';

/** `[a, b]`: arrays among the elements are joined, except those that are written in brackets of their own. */
export function arrayForm(node: SyntaxNode, make: MakeForm): DirectForm | undefined {
  const nodes = node.expressions ?? [];
  const forms = nodes.map(make);
  if (!forms.every((form) => form !== undefined)) return undefined;
  const isBracketed = nodes.map((item) => item.value === '[' && item.type === 'unary');
  return (bindings) => {
    const items: unknown[] = [];
    for (const [index, form] of forms.entries()) {
      const value = form(bindings);
      if (value === undefined) continue;
      if (isBracketed[index] || !Array.isArray(value)) items.push(value);
      else for (const item of value as unknown[]) items.push(item);
    }
    return items;
  };
}

/** `{"a": x}` with keys that are written out: a field without a value is left out. */
export function objectForm(node: SyntaxNode, make: MakeForm): DirectForm | undefined {
  const pairs = node.lhs as readonly (readonly [SyntaxNode, SyntaxNode])[];
  const fields: [name: string, form: DirectForm][] = [];
  for (const [key, value] of pairs) {
    const form = make(value);
    if (form === undefined || key.type !== 'string' || typeof key.value !== 'string') return undefined;
    if (/^__proto__$|^_jsonata_/.test(key.value) || fields.some(([name]) => name === key.value))
      return undefined;
    fields.push([key.value, form]);
  }
  return (bindings) => {
    const made: { [field: string]: unknown } = {};
    for (const [name, form] of fields) {
      const value = form(bindings);
      if (value !== undefined) made[name] = value;
    }
    return made;
  };
}

export function conditionForm(node: SyntaxNode, make: MakeForm): DirectForm | undefined {
  const condition = node.condition && make(node.condition);
  const then = node.then && make(node.then);
  const otherwise = node.else === undefined ? () => undefined : make(node.else);
  if (condition === undefined || then === undefined || otherwise === undefined) return undefined;
  return (bindings) => (truthOf(condition(bindings)) ? then(bindings) : otherwise(bindings));
}

export function negativeForm(node: SyntaxNode, make: MakeForm): DirectForm | undefined {
  const operand = node.expression && make(node.expression);
  if (operand === undefined) return undefined;
  return (bindings) => {
    const value = operand(bindings);
    if (value === undefined) return undefined;
    if (typeof value !== 'number') throw NOT_DIRECT;
    return -value;
  };
}
