import type { Json } from '../../asl/machine.ts';
import { evaluate, type Process } from '../request.ts';
import type { Bindings } from './direct/syntax-node.ts';
import { directValue } from './evaluate-expression.ts';
import { put } from '../../asl/put.ts';

const expressionForm = /^\{%([\s\S]*)%\}$/;
const literals = new WeakMap<object, boolean>();

const sources = new Map<string, string | undefined>();

/** The source of an expression, when the text wholly is one: `{% … %}`. */
export function expressionSource(text: string): string | undefined {
  const known = sources.get(text);
  if (known !== undefined || sources.has(text)) return known;
  const source = expressionForm.exec(text)?.[1]?.trim();
  sources.set(text, source);
  return source;
}

/** Whether there is no expression anywhere in the template, so that it is its own value. */
export function isLiteral(template: Json): boolean {
  if (typeof template === 'string') return expressionSource(template) === undefined;
  if (typeof template !== 'object' || template === null) return true;
  const known = literals.get(template);
  if (known !== undefined) return known;
  const literal = Object.values(template).every(isLiteral);
  literals.set(template, literal);
  return literal;
}

/** The place of a template and the variables its expressions see. */
interface TemplatePlace {
  readonly field: string;
  readonly bindings: Bindings;
}

/**
 * The template with each expression in it replaced by its value; everything else stays as it stands.
 * @throws EvaluationFailure
 */
export function* evaluateTemplate(template: Json, place: TemplatePlace): Process<Json> {
  if (isLiteral(template)) return template;
  const { field, bindings } = place;
  if (typeof template === 'string') {
    const source = expressionSource(template) as string;
    const value = directValue(source, bindings);
    return value === undefined ? yield* evaluate({ source, field, bindings }) : value;
  }
  if (Array.isArray(template)) {
    const items: Json[] = [];
    for (const [index, item] of template.entries())
      items.push(yield* evaluateTemplate(item as Json, { field: `${field}[${index}]`, bindings }));
    return items;
  }
  const members: { [key: string]: Json } = {};
  for (const [key, item] of Object.entries(template as object))
    put(members, key, yield* evaluateTemplate(item as Json, { field: `${field}/${key}`, bindings }));
  return members;
}
